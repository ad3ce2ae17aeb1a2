package io.clearmarket.gateway.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The page behind a checkout's link. It is the same for every checkout: its script asks for the offer, keeps the buyer's key and signs, which is
 * why this page, unlike the others, may run our own script and connect to us.
 */
@Controller
class CheckoutPageController {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    /** Every message that the script may need. */
    private static final List<String> KEYS = ResourceBundle.getBundle("pages/messages", Locale.ROOT).keySet().stream()
            .filter(key -> key.startsWith("checkout.") || key.startsWith("goods."))
            .sorted()
            .toList();

    private final MessageSource messages;

    CheckoutPageController(MessageSource messages) {
        this.messages = messages;
    }

    @GetMapping("/checkout/{id}")
    String checkout(@PathVariable String id, Locale locale, Model model, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        Map<String, String> texts = new TreeMap<>();
        KEYS.forEach(key -> texts.put(key, messages.getMessage(key, null, locale)));
        model.addAttribute("id", id);
        model.addAttribute("texts", texts);
        return "pages/checkout";
    }
}
