package cn.mingmian.server.api;

import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.server.access.Caller;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/// What every controller of records does alike.
final class Records {

  private Records() {}

  /// The hand that acts, from the key and never from what the request says.
  static Actor hand(Caller caller) {
    return new Actor(caller.holder());
  }

  static <T> T found(Optional<T> record, String kind, Object id) {
    return record.orElseThrow(() -> new UnknownRecordException(kind, String.valueOf(id)));
  }

  /// 201 with the address of what was made.
  static <T> ResponseEntity<T> created(String address, T record) {
    return ResponseEntity.created(URI.create(address)).body(record);
  }
}
