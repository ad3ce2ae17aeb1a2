package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.gateway.submission.CommandRefused;
import io.clearmarket.gateway.submission.SubmissionFailure;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns what goes wrong into problems: once, here. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {
    private static final String JACKSON = "tools.jackson.";
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler(ApiProblem.class)
    ResponseEntity<ProblemDetail> apiProblem(ApiProblem problem) {
        return answer(Problems.of(problem));
    }

    @ExceptionHandler(CommandRefused.class)
    ResponseEntity<ProblemDetail> refused(CommandRefused refused) {
        return answer(Problems.of(refused.refusal()));
    }

    @ExceptionHandler(SubmissionFailure.class)
    ResponseEntity<ProblemDetail> failed(SubmissionFailure failure) {
        if (failure.kind() == SubmissionFailure.Kind.UNAVAILABLE) {
            LOG.warn("the ledger did not answer: {}", failure.getMessage());
        }
        return answer(Problems.of(failure));
    }

    @ExceptionHandler(InvalidValue.class)
    ResponseEntity<ProblemDetail> invalid(InvalidValue invalid) {
        return answer(JsonProblems.of(invalid));
    }

    @ExceptionHandler(JacksonException.class)
    ResponseEntity<ProblemDetail> unreadable(JacksonException unreadable) {
        return answer(JsonProblems.of(unreadable));
    }

    @ExceptionHandler(BodyLimit.Refused.class)
    ResponseEntity<ProblemDetail> refused(BodyLimit.Refused refused) {
        return answer(refused.problem());
    }

    /** Parameters are looked at when they are first asked for, which is later than the rest of a request. */
    @ExceptionHandler({RequestRejectedException.class, MultipartException.class})
    ResponseEntity<ProblemDetail> rejected(RuntimeException rejected) {
        return answer(Problems.malformedRequest());
    }

    /** No connection to the database was to be had, or it broke off: the request may be sent again as it is. */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<ProblemDetail> databaseAway(NestedRuntimeException failure) {
        LOG.warn(
                "the database did not answer: {}",
                failure.getMostSpecificCause().getMessage());
        ProblemDetail problem = Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "DATABASE_UNAVAILABLE",
                "the gateway's database does not answer",
                "send the same request again, with the same Idempotency-Key if it has one",
                null);
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> unexpected(Exception unexpected) throws Exception {
        if (unexpected instanceof AccessDeniedException || unexpected instanceof AuthenticationException) {
            // Spring Security's own filter answers these
            throw unexpected;
        }
        if (unexpected instanceof NumberFormatException
                && unexpected.getStackTrace()[0].getClassName().startsWith(JACKSON)) {
            // of a request's number; Jackson's own exception is another for an exponent that no decimal number has
            return answer(JsonProblems.of(new InvalidValue(
                    "a number", "of such an exponent", "one with an exponent of at most nine digits")));
        }
        LOG.error("a request failed for a reason of ours", unexpected);
        return answer(Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "the gateway failed",
                "it is in the gateway's log",
                null));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        JacksonException json = null;
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.Refused refused) {
                return body(refused.problem());
            }
            if (cause instanceof SocketTimeoutException) {
                return body(BodyLimit.Refused.tooSlow().problem());
            }
            if (json == null && cause instanceof JacksonException first) {
                json = first;
            }
        }
        if (json != null) {
            return body(JsonProblems.of(json));
        }
        return body(Problems.of(
                HttpStatus.BAD_REQUEST,
                "MALFORMED_JSON",
                "the body is missing or unreadable",
                "send a JSON object",
                null));
    }

    /** A value in a path, a query or a header that its type does not take. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return body(InvalidInput.problem(mismatch));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return body(InvalidInput.problem(invalid));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return body(InvalidInput.problem(invalid));
    }

    /** What Spring itself finds wrong gets a code too: its status in words. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode statusCode, WebRequest request) {
        if (body instanceof ProblemDetail problem && problem.getProperties() == null) {
            HttpStatus status = HttpStatus.resolve(statusCode.value());
            problem.setProperty(
                    "code",
                    status == null
                            ? "HTTP_" + statusCode.value()
                            : status.name().toUpperCase(Locale.ROOT));
        }
        HttpHeaders own = new HttpHeaders(headers);
        if (body instanceof ProblemDetail) {
            own.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        return new ResponseEntity<>(body, own, statusCode);
    }

    private static ResponseEntity<Object> body(ProblemDetail problem) {
        return status(problem).body(problem);
    }

    static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return status(problem).body(problem);
    }

    /** The type is said outright: to a header Accept that is none, or names something else, Spring would write nothing. */
    private static ResponseEntity.BodyBuilder status(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
}
