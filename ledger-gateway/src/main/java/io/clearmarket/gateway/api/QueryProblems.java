package io.clearmarket.gateway.api;

import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import io.clearmarket.gateway.webhooks.InvalidWebhook;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Problems of reading, before the general ones of {@link ProblemHandler}. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class QueryProblems {
    @ExceptionHandler(InvalidQuery.class)
    ResponseEntity<ProblemDetail> invalid(InvalidQuery query) {
        return badRequest("INVALID_VALUE", query.getMessage(), "it must be " + query.expected(), query.value());
    }

    @ExceptionHandler(InvalidWebhook.class)
    ResponseEntity<ProblemDetail> invalid(InvalidWebhook webhook) {
        return badRequest("INVALID_WEBHOOK", webhook.getMessage(), "send url and types as documented", null);
    }

    @ExceptionHandler(MalformedEpcis.class)
    ResponseEntity<ProblemDetail> malformed(MalformedEpcis epcis) {
        return badRequest("MALFORMED_EPCIS", epcis.getMessage(), "send an EPCIS 2.0 JSON-LD document", null);
    }

    private static ResponseEntity<ProblemDetail> badRequest(
            String code, @Nullable String detail, String hint, @Nullable String value) {
        return ProblemHandler.answer(Problems.of(HttpStatus.BAD_REQUEST, code, String.valueOf(detail), hint, value));
    }
}
