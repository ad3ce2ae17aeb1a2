package io.clearmarket.gateway.api;

import io.clearmarket.gateway.config.FormPaths;
import io.clearmarket.gateway.identity.FormToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/** Which requests are a page's form, sent from that page. */
@Component
class FormPosts {
    private final List<RequestMatcher> forms;

    FormPosts(List<FormPaths> paths) {
        PathPatternRequestMatcher.Builder post = PathPatternRequestMatcher.withDefaults();
        this.forms = paths.stream()
                .flatMap(some -> some.patterns().stream())
                .<RequestMatcher>map(pattern -> post.matcher(HttpMethod.POST, pattern))
                .toList();
    }

    /** True if a module takes a form there. */
    boolean isForm(HttpServletRequest request) {
        return forms.stream().anyMatch(form -> form.matches(request));
    }

    /** True if it is a form that holds the token of this session; no other request's body is looked into. */
    boolean isOwn(HttpServletRequest request, String bearer) {
        return isForm(request) && FormToken.fits(bearer, request.getParameter(FormToken.FIELD));
    }
}
