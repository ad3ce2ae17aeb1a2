package io.clearmarket.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses {@code limit=}: Spring would take the default, as if nothing had been given. Texts and lists may be empty. On pages all may, since
 * a browser sends a form's empty fields.
 */
final class EmptyParameters implements HandlerInterceptor {
    private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            for (String name : known.computeIfAbsent(method.getMethod(), absent -> neverEmpty(method))) {
                if ("".equals(request.getParameter(name))) {
                    refuse(name);
                }
            }
        }
        return true;
    }

    private static List<String> neverEmpty(HandlerMethod method) {
        return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class)
                ? Arrays.stream(method.getMethod().getParameters())
                        .filter(EmptyParameters::isOneValue)
                        .map(EmptyParameters::name)
                        .toList()
                : List.of();
    }

    private static boolean isOneValue(Parameter parameter) {
        Class<?> type = parameter.getType();
        return parameter.isAnnotationPresent(RequestParam.class)
                && type != String.class
                && !Collection.class.isAssignableFrom(type);
    }

    private static String name(Parameter parameter) {
        String own = parameter.getAnnotation(RequestParam.class).name();
        return StringUtils.hasText(own) ? own : parameter.getName();
    }

    private static void refuse(String name) {
        throw new ApiProblem(
                HttpStatus.BAD_REQUEST, "INVALID_VALUE", name + " is empty", "give it a value or leave it out", "");
    }
}
