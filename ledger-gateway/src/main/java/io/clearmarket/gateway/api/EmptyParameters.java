package io.clearmarket.gateway.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
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
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class)) {
            Arrays.stream(method.getMethod().getParameters())
                    .filter(EmptyParameters::isOneValue)
                    .map(EmptyParameters::name)
                    .filter(name -> "".equals(request.getParameter(name)))
                    .findFirst()
                    .ifPresent(EmptyParameters::refuse);
        }
        return true;
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
