package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What a parameter's type, or a constraint on it or on a body's member, has refused. */
final class InvalidInput {
    private static final String CODE = "INVALID_VALUE";
    private static final String HINT = "see /v3/api-docs for the form";

    private InvalidInput() {}

    static ProblemDetail problem(TypeMismatchException mismatch) {
        String value = String.valueOf(mismatch.getValue());
        for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValue invalid) {
                return JsonProblems.of(invalid);
            }
            if (cause instanceof InvalidQuery invalid) {
                return problem(invalid.getMessage(), "it must be " + invalid.expected(), invalid.value());
            }
            if (cause.getCause() == null && cause instanceof IllegalArgumentException) {
                return problem(mismatch.getPropertyName() + ": " + cause.getMessage(), HINT, value);
            }
        }
        return problem(mismatch.getPropertyName() + " is of another form", HINT, value);
    }

    static ProblemDetail problem(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .findFirst()
                .map(result -> problem(
                        result.getMethodParameter().getParameterName() + " "
                                + result.getResolvableErrors().getFirst().getDefaultMessage(),
                        HINT,
                        String.valueOf(result.getArgument())))
                .orElseGet(() -> problem("a parameter is of another form", HINT, null));
    }

    static ProblemDetail problem(MethodArgumentNotValidException invalid) {
        FieldError error = invalid.getFieldError();
        return error == null
                ? problem("the body is of another form", HINT, null)
                : problem(
                        error.getField() + " " + error.getDefaultMessage(),
                        HINT,
                        String.valueOf(error.getRejectedValue()));
    }

    private static ProblemDetail problem(@Nullable String detail, String hint, @Nullable String value) {
        return Problems.of(HttpStatus.BAD_REQUEST, CODE, String.valueOf(detail), hint, value);
    }
}
