package io.clearmarket.gateway.pages.signin;

import io.clearmarket.gateway.identity.AccessKeys;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.TokenCookie;
import io.clearmarket.gateway.pages.PageProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The pages around signing in at the provider. */
@Controller
@ConditionalOnProperty("clearmarket.sign-in.client-id")
class SignInController {
    static final String PATH = "/login";
    static final String FAILED = PATH + "?failed";
    static final String WHO = "/signed-in";
    private static final String OUT = PATH + "?out";

    private final AccessKeys keys;
    private final ClientRegistrationRepository clients;

    SignInController(AccessKeys keys, ClientRegistrationRepository clients) {
        this.keys = keys;
        this.clients = clients;
    }

    @GetMapping(PATH)
    String login(
            @RequestParam(required = false) @Nullable String failed,
            @RequestParam(required = false) @Nullable String out,
            Model model) {
        model.addAttribute("failed", failed != null);
        model.addAttribute("out", out != null);
        model.addAttribute("begin", SignInConfiguration.BEGIN);
        model.addAttribute("providersEnd", out == null ? null : providersEnd().orElse(null));
        return "pages/signin";
    }

    /** Says plainly who somebody is here, and what is missing. */
    @GetMapping(WHO)
    String who(@Nullable Caller caller, Model model) {
        if (caller == null) {
            throw new PageProblem(HttpStatus.UNAUTHORIZED, "problem.signin");
        }
        model.addAttribute("subject", caller.subject());
        model.addAttribute("party", caller.party() == null ? "" : caller.party().value());
        model.addAttribute(
                "roles",
                caller.roles().stream()
                        .sorted()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .toList());
        model.addAttribute("partyless", caller.party() == null && !caller.seesAll());
        return "pages/signedin";
    }

    /** Ends the session at once. A session that had ended before is none to refuse. */
    @PostMapping("/logout")
    String logout(@Nullable Caller caller, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> session = TokenCookie.of(request);
        if (caller == null && session.flatMap(keys::find).isPresent()) {
            throw new PageProblem(HttpStatus.FORBIDDEN, "problem.form");
        }
        session.ifPresent(keys::endSession);
        response.addHeader(HttpHeaders.SET_COOKIE, TokenCookie.forget(request));
        return "redirect:" + OUT;
    }

    /** Where the provider ends its own session (OpenID Connect RP-Initiated Logout), if it has such a place. */
    private Optional<String> providersEnd() {
        ClientRegistration client = clients.findByRegistrationId(SignInConfiguration.PROVIDER);
        Map<String, Object> metadata =
                client == null ? Map.of() : client.getProviderDetails().getConfigurationMetadata();
        return Optional.ofNullable(metadata.get("end_session_endpoint"))
                .map(end -> UriComponentsBuilder.fromUriString(end.toString())
                        .queryParam("client_id", client == null ? "" : client.getClientId())
                        .toUriString());
    }
}
