package cn.mingmian.server.pages.people;

import cn.mingmian.platform.records.MalformedIdException;
import cn.mingmian.platform.records.RejectedRecordException;
import cn.mingmian.platform.records.UnknownRecordException;
import cn.mingmian.server.http.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// What went wrong, as a page for people: what it means and where to go on, no code of ours.
@ControllerAdvice(
    basePackages = {"cn.mingmian.server.pages.people", "cn.mingmian.server.pages.kiosk"})
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PageProblems {

  @ExceptionHandler
  String known(ProblemException problem, HttpServletResponse response, Model model) {
    return page(problem.code().status(), response, model);
  }

  @ExceptionHandler({
    MalformedIdException.class,
    UnknownRecordException.class,
    MethodArgumentTypeMismatchException.class
  })
  String nothing(HttpServletResponse response, Model model) {
    return page(404, response, model);
  }

  @ExceptionHandler({
    RejectedRecordException.class,
    MissingServletRequestParameterException.class,
    IllegalArgumentException.class
  })
  String notTaken(HttpServletResponse response, Model model) {
    return page(422, response, model);
  }

  private static String page(int status, HttpServletResponse response, Model model) {
    response.setStatus(status);
    model.addAttribute("kind", status == 404 ? "gone" : status == 429 ? "later" : "wrong");
    return "people/problem";
  }
}
