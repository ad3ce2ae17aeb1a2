package io.clearmarket.gateway.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What a page needs whose script keeps the reader's key and signs: a policy that lets our own script run and connect to us, and its
 * words, which stand in the same file as every other page's and reach the script as text in the page.
 */
@Component
class SigningPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Set<String> KEYS =
            ResourceBundle.getBundle("pages/messages", Locale.ROOT).keySet();

    private final MessageSource messages;

    SigningPage(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * Sets the policy, and hands on every message that the script may need.
     *
     * @param prefixes what the names of those messages begin with
     */
    void prepare(Model model, Locale locale, HttpServletResponse response, String... prefixes) {
        response.setHeader("Content-Security-Policy", POLICY);
        Map<String, String> texts = new TreeMap<>();
        KEYS.stream()
                .filter(key -> Arrays.stream(prefixes).anyMatch(key::startsWith))
                .forEach(key -> texts.put(key, messages.getMessage(key, null, locale)));
        model.addAttribute("texts", texts);
    }
}
