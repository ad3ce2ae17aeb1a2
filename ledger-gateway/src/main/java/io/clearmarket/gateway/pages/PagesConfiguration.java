package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.config.FormPaths;
import io.clearmarket.gateway.config.PublicPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Words, languages and headers of the pages. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {
    /** Nothing but our own style sheet and pictures; no script at all. */
    private static final String POLICY = policy("'self'");

    /**
     * An item's page checks its own proofs and is kept on the phone: our own script, and our own proofs. Pictures inside of a 3D
     * model are blobs of the page's own.
     */
    private static final String PASSPORT_POLICY = policy("'self' blob:")
            + "; script-src 'self'; connect-src 'self' blob:; manifest-src 'self'; worker-src 'self'";

    private static final String CONSOLE = "/merchant/consignments/**";

    /** The worker that keeps it is a script of ours: what it fetches for the page is held to its own policy. */
    private static final String WORKER = "/passport-worker.js";

    private static final String WORKER_POLICY = "default-src 'none'; connect-src 'self'";

    private static String policy(String pictures) {
        return "default-src 'none'; style-src 'self'; img-src " + pictures + "; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'";
    }

    @Bean
    static MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("pages/messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Bean
    static LocaleResolver localeResolver() {
        return new PageLanguage();
    }

    /** The pages that need a caller say so themselves, in words instead of JSON. */
    @Bean
    PublicPaths pagePaths() {
        return PublicPaths.of(
                "/",
                "/01/**",
                "/merchant",
                "/merchant/developer",
                "/merchant/labels",
                CONSOLE,
                "/statement",
                "/audit",
                "/audit/blocks",
                "/audit/solvency",
                "/passport/**",
                WORKER,
                "/login",
                "/signed-in",
                "/checkout/*",
                "/own/**",
                "/assets/**");
    }

    @Bean
    FormPaths consolePaths() {
        return new FormPaths(List.of(CONSOLE, "/logout"));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Headers());
    }

    private static final class Headers implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (handler instanceof HandlerMethod method
                    && method.getBeanType().getPackageName().startsWith(PagesConfiguration.class.getPackageName())) {
                boolean isPassport = method.getBeanType().equals(ItemPageController.class);
                response.setHeader("Content-Security-Policy", isPassport ? PASSPORT_POLICY : POLICY);
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Referrer-Policy", "no-referrer");
                response.setHeader("Cache-Control", "no-store");
                response.addHeader("Vary", "Accept-Language, Cookie");
            } else if (request.getRequestURI().equals(WORKER)) {
                response.setHeader("Content-Security-Policy", WORKER_POLICY);
            }
            return true;
        }
    }
}
