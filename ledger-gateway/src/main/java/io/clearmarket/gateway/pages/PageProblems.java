package io.clearmarket.gateway.pages;

import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;

/** Turns what goes wrong on a page into a page. */
@ControllerAdvice(basePackageClasses = PageProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageProblems {
    private final PageFrame frame;

    PageProblems(PageFrame frame) {
        this.frame = frame;
    }

    @ExceptionHandler
    ModelAndView problem(PageProblem problem, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return page(problem.status(), problem.messageKey(), locale, request, response);
    }

    @ExceptionHandler({InvalidValue.class, InvalidQuery.class})
    ModelAndView invalid(
            IllegalArgumentException invalid, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.BAD_REQUEST, "problem.invalid", locale, request, response);
    }

    @ExceptionHandler
    ModelAndView tooLarge(
            MultipartException upload, Locale locale, HttpServletRequest request, HttpServletResponse response) {
        return page(HttpStatus.CONTENT_TOO_LARGE, "problem.upload", locale, request, response);
    }

    private ModelAndView page(
            HttpStatus status,
            String messageKey,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        ModelAndView page = new ModelAndView("pages/problem");
        ExtendedModelMap model = new ExtendedModelMap();
        Caller caller = request.getUserPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Caller found
                ? found
                : null;
        frame.frame(model, locale, caller, request, response);
        page.addAllObjects(model);
        page.addObject("reason", messageKey);
        page.setStatus(status);
        return page;
    }
}
