package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriComponentsBuilder;

/** What stands around every page: its language, the other one, the notice of a demonstration, who is signed in. */
@ControllerAdvice(basePackageClasses = PageFrame.class)
class PageFrame {
    private final boolean demonstration;
    private final boolean development;

    PageFrame(GatewayProperties properties) {
        this.demonstration = properties.demonstration();
        this.development = properties.development();
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
        model.addAttribute("language", locale.getLanguage().equals("zh") ? "zh-Hans" : "en");
        model.addAttribute("signedIn", caller != null);
        model.addAttribute("inEnglish", inLanguage(request, "en"));
        model.addAttribute("inChinese", inLanguage(request, "zh"));
    }

    private static String inLanguage(HttpServletRequest request, String language) {
        String query = request.getQueryString();
        // a token in the address is for this request alone
        return UriComponentsBuilder.fromPath(request.getRequestURI())
                .query(query)
                .replaceQueryParam("token")
                .replaceQueryParam(PageLanguage.PARAMETER, language)
                .build(true)
                .toUriString();
    }
}
