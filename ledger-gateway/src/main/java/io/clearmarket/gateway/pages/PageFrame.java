package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.Language;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.FormToken;
import io.clearmarket.gateway.identity.TokenCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands around every page: its language, the other ones, the notice of a demonstration, who is signed in. */
@ControllerAdvice(basePackageClasses = PageFrame.class)
class PageFrame {
    private final boolean demonstration;
    private final boolean development;
    private final boolean signIn;

    /** The same page in another language. */
    public record Translation(Language language, String href) {}

    PageFrame(GatewayProperties properties, @Value("${clearmarket.sign-in.client-id:}") String client) {
        this.demonstration = properties.demonstration();
        this.development = properties.development();
        this.signIn = development || !client.isEmpty();
    }

    @ModelAttribute
    void frame(
            Model model,
            Locale locale,
            @Nullable Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        PageLanguage.remember(request, response);
        model.addAttribute("demonstration", demonstration);
        model.addAttribute("development", development);
        model.addAttribute("signIn", signIn);
        Language spoken = Language.of(locale);
        model.addAttribute("language", spoken.tag());
        model.addAttribute("direction", spoken.direction());
        model.addAttribute("signedIn", caller != null);
        TokenCookie.of(request).ifPresent(token -> model.addAttribute("formToken", FormToken.of(token)));
        model.addAttribute(
                "translations",
                Arrays.stream(Language.values())
                        .filter(language -> language != spoken)
                        .map(language -> new Translation(language, inLanguage(request, language)))
                        .toList());
    }

    private static String inLanguage(HttpServletRequest request, Language language) {
        String query = request.getQueryString();
        // a token in the address is for this request alone
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(query)
                .replaceQueryParam("token")
                .replaceQueryParam(PageLanguage.PARAMETER, language.code())
                .build(true)
                .toUriString();
    }
}
