package io.clearmarket.gateway.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page behind a checkout's link. It is the same for every checkout: its script asks for the offer, keeps the buyer's key and signs. */
@Controller
class CheckoutPageController {
    private final SigningPage page;

    CheckoutPageController(SigningPage page) {
        this.page = page;
    }

    @GetMapping("/checkout/{id}")
    String checkout(@PathVariable String id, Locale locale, Model model, HttpServletResponse response) {
        page.prepare(model, locale, response, "checkout.", "goods.", "refusal.");
        model.addAttribute("id", id);
        return "pages/checkout";
    }
}
