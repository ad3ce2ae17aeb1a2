package io.clearmarket.gateway.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where the pages are. */
@Controller
class HomeController {
    @GetMapping("/")
    String home() {
        return "pages/home";
    }
}
