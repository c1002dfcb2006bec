package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.orders.Order;
import cn.mingmian.platform.orders.OrderDraft;
import cn.mingmian.platform.orders.OrderId;
import cn.mingmian.platform.orders.Orders;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What others have ordered or allowed: injunctions, holds, mandates, emergencies.
@RestController
@Tag(name = "Orders 命令")
class OrdersController {

  private final Orders orders;
  private final Cursors cursors;

  OrdersController(Platform platform, Cursors cursors) {
    this.orders = platform.orders();
    this.cursors = cursors;
  }

  /// @param documentHash  SHA-256 of the document that ends it, hexadecimal
  record End(String documentHash) {}

  @Operation(summary = "List orders")
  @GetMapping("/v1/orders")
  @Needs(Scope.READ)
  Cursors.Page<Order> listOrders(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return cursors.page("orders", orders.all(), order -> order.id().value(), limit, cursor);
  }

  @Operation(
      summary = "Enter an order",
      description =
          "What restricts counts at once; what allows counts from another hand's approval on, and"
              + " never before it was entered.")
  @PostMapping("/v1/orders")
  @Needs(Scope.ORDERS)
  ResponseEntity<Order> enterOrder(@RequestBody OrderDraft request, Caller caller) {
    OrderId id = orders.enter(request, Records.hand(caller));
    return Records.created("/v1/orders/" + id, get(id));
  }

  @Operation(summary = "Read an order")
  @GetMapping("/v1/orders/{id}")
  @Needs(Scope.READ)
  Order showOrder(@PathVariable OrderId id) {
    return get(id);
  }

  @Operation(summary = "Approve an order that allows something")
  @PostMapping("/v1/orders/{id}/approve")
  @Needs(Scope.APPROVE)
  Order approveOrder(@PathVariable OrderId id, Caller caller) {
    orders.approve(id, Records.hand(caller));
    return get(id);
  }

  @Operation(
      summary = "End an order",
      description = "By the document that ends it; what restricts is ended by another hand.")
  @PostMapping("/v1/orders/{id}/end")
  @Needs({Scope.ORDERS, Scope.APPROVE})
  Order endOrder(@PathVariable OrderId id, @RequestBody End request, Caller caller) {
    orders.end(id, request.documentHash(), Records.hand(caller));
    return get(id);
  }

  private Order get(OrderId id) {
    return Records.found(orders.find(id), "order", id);
  }
}
