package cn.mingmian.server.pages;

import cn.mingmian.server.access.Open;
import cn.mingmian.server.command.VersionCommand;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// The home page, and the interactive page of the API.
@Controller
class HomeController {

  @GetMapping("/")
  @Open
  String home(Model model, HttpServletRequest request, HttpServletResponse response) {
    Languages.remember(request, response);
    model.addAttribute("version", VersionCommand.version());
    return "home";
  }

  @GetMapping("/v1/docs")
  @Open
  String docs() {
    return "docs";
  }
}
