package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.Scope;
import io.clearmarket.gateway.webhooks.Delivery;
import io.clearmarket.gateway.webhooks.Webhook;
import io.clearmarket.gateway.webhooks.Webhooks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** A caller's own keys and webhooks with what was sent; they are made and changed through the API, since a page's cookie only reads. */
@Controller
class DeveloperPageController {
    private static final int SHOWN = 20;

    private final AccessKeys keys;
    private final Webhooks webhooks;

    DeveloperPageController(AccessKeys keys, Webhooks webhooks) {
        this.keys = keys;
        this.webhooks = webhooks;
    }

    /** A webhook and its newest deliveries. */
    public record Hook(Webhook webhook, List<Delivery> deliveries) {}

    @GetMapping("/merchant/developer")
    String developer(@Nullable Caller caller, Model model) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        model.addAttribute("keys", caller.has(Scope.KEYS_READ) ? keys.list(caller) : List.of());
        model.addAttribute(
                "hooks",
                webhooks.list(caller).stream()
                        .map(webhook -> new Hook(webhook, webhooks.deliveries(caller, webhook.id(), SHOWN)))
                        .toList());
        return "pages/developer";
    }
}
