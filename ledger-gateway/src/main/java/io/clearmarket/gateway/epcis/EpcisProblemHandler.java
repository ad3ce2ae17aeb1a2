package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.gateway.submission.SubmissionFailure;
import java.util.List;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** What goes wrong under {@code /epcis}, in the standard's own types; before the gateway's general handlers. */
@RestControllerAdvice("io.clearmarket.gateway.epcis")
@Order(Ordered.HIGHEST_PRECEDENCE)
class EpcisProblemHandler {
    @ExceptionHandler(EpcisProblem.class)
    ResponseEntity<ProblemDetail> problem(EpcisProblem problem) {
        return answer(problem.detail());
    }

    @ExceptionHandler(MalformedEpcis.class)
    ResponseEntity<ProblemDetail> malformed(MalformedEpcis malformed) {
        return answer(EpcisProblem.of(Kind.VALIDATION, HttpStatus.BAD_REQUEST, String.valueOf(malformed.getMessage())));
    }

    @ExceptionHandler(JacksonException.class)
    ResponseEntity<ProblemDetail> unreadable(JacksonException unreadable) {
        return answer(EpcisProblem.of(
                Kind.VALIDATION, HttpStatus.BAD_REQUEST, "not as expected: " + unreadable.getOriginalMessage()));
    }

    @ExceptionHandler(InvalidMediaTypeException.class)
    ResponseEntity<ProblemDetail> noMediaType(InvalidMediaTypeException invalid) {
        return answer(EpcisProblem.of(
                Kind.NOT_ACCEPTABLE, HttpStatus.NOT_ACCEPTABLE, "\"" + invalid.getMediaType() + "\" is no media type"));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<ProblemDetail> mismatch(MethodArgumentTypeMismatchException mismatch) {
        return answer(EpcisProblem.of(
                Kind.QUERY_PARAMETER,
                HttpStatus.BAD_REQUEST,
                String.format(Locale.ROOT, "%s can't be \"%s\"", mismatch.getName(), mismatch.getValue())));
    }

    @ExceptionHandler(SubmissionFailure.class)
    ResponseEntity<ProblemDetail> ledger(SubmissionFailure failure) {
        HttpStatus status = List.of(SubmissionFailure.Kind.UNAVAILABLE, SubmissionFailure.Kind.CONFLICT)
                        .contains(failure.kind())
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.INTERNAL_SERVER_ERROR;
        return answer(
                EpcisProblem.of(Kind.IMPLEMENTATION, status, "the ledger did not take it: " + failure.getMessage()));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        // said outright, since a client that accepts something else only still has to be told
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
