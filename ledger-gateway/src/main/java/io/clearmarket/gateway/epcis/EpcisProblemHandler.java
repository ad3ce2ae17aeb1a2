package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.xml.SmallDocuments;
import io.clearmarket.gateway.provenance.MalformedEpcis;
import io.clearmarket.gateway.submission.SubmissionFailure;
import io.clearmarket.wallet.json.Json;
import jakarta.servlet.http.HttpServletRequest;
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
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** What goes wrong under {@code /epcis}, in the standard's own types; before the gateway's general handlers. */
@RestControllerAdvice("io.clearmarket.gateway.epcis")
@Order(Ordered.HIGHEST_PRECEDENCE)
class EpcisProblemHandler {
    @ExceptionHandler(EpcisProblem.class)
    ResponseEntity<?> problem(EpcisProblem problem, HttpServletRequest request) {
        return answer(problem.detail(), request);
    }

    @ExceptionHandler(MalformedEpcis.class)
    ResponseEntity<?> malformed(MalformedEpcis malformed, HttpServletRequest request) {
        return answer(
                EpcisProblem.of(Kind.VALIDATION, HttpStatus.BAD_REQUEST, String.valueOf(malformed.getMessage())),
                request);
    }

    @ExceptionHandler(JacksonException.class)
    ResponseEntity<?> unreadable(JacksonException unreadable, HttpServletRequest request) {
        return answer(
                EpcisProblem.of(
                        Kind.VALIDATION, HttpStatus.BAD_REQUEST, "not as expected: " + unreadable.getOriginalMessage()),
                request);
    }

    @ExceptionHandler(InvalidMediaTypeException.class)
    ResponseEntity<?> noMediaType(InvalidMediaTypeException invalid, HttpServletRequest request) {
        return answer(
                EpcisProblem.of(
                        Kind.NOT_ACCEPTABLE,
                        HttpStatus.NOT_ACCEPTABLE,
                        "\"" + invalid.getMediaType() + "\" is no media type"),
                request);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<?> mismatch(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        return answer(
                EpcisProblem.of(
                        Kind.QUERY_PARAMETER,
                        HttpStatus.BAD_REQUEST,
                        String.format(Locale.ROOT, "%s can't be \"%s\"", mismatch.getName(), mismatch.getValue())),
                request);
    }

    @ExceptionHandler(HandlerMethodValidationException.class)
    ResponseEntity<?> outOfBounds(HandlerMethodValidationException invalid, HttpServletRequest request) {
        String what = invalid.getParameterValidationResults().stream()
                .map(result -> result.getMethodParameter().getParameterName() + " is " + result.getArgument() + "; it "
                        + result.getResolvableErrors().getFirst().getDefaultMessage())
                .findFirst()
                .orElse("a parameter is out of bounds");
        return answer(EpcisProblem.of(Kind.QUERY_PARAMETER, HttpStatus.BAD_REQUEST, what), request);
    }

    @ExceptionHandler(SubmissionFailure.class)
    ResponseEntity<?> ledger(SubmissionFailure failure, HttpServletRequest request) {
        HttpStatus status = List.of(SubmissionFailure.Kind.UNAVAILABLE, SubmissionFailure.Kind.CONFLICT)
                        .contains(failure.kind())
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.INTERNAL_SERVER_ERROR;
        return answer(
                EpcisProblem.of(Kind.IMPLEMENTATION, status, "the ledger did not take it: " + failure.getMessage()),
                request);
    }

    private static ResponseEntity<?> answer(ProblemDetail problem, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        // said outright, since a client that accepts something else only still has to be told
        return Spoken.wantsXml(request)
                ? answer.contentType(MediaType.APPLICATION_PROBLEM_XML)
                        .body(SmallDocuments.problem(Json.MAPPER.valueToTree(problem)))
                : answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }
}
