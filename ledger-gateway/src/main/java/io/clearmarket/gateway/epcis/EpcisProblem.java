package io.clearmarket.gateway.epcis;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request that the repository can't serve, in the words of the REST bindings: RFC 9457 with an {@code epcisException} type. */
public final class EpcisProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Kind kind;

    /** The exceptions of the EPCIS 2.0 standard, section 12.6. */
    public enum Kind {
        VALIDATION("ValidationException", HttpStatus.BAD_REQUEST),
        QUERY_VALIDATION("QueryValidationException", HttpStatus.BAD_REQUEST),
        QUERY_PARAMETER("QueryParameterException", HttpStatus.BAD_REQUEST),
        SUBSCRIPTION_CONTROLS("SubscriptionControlsException", HttpStatus.BAD_REQUEST),
        SECURITY("SecurityException", HttpStatus.FORBIDDEN),
        NO_SUCH_NAME("NoSuchNameException", HttpStatus.NOT_FOUND),
        NOT_ACCEPTABLE("NotAcceptableException", HttpStatus.NOT_ACCEPTABLE),
        RESOURCE_ALREADY_EXISTS("ResourceAlreadyExistsException", HttpStatus.CONFLICT),
        CAPTURE_LIMIT_EXCEEDED("CaptureLimitExceededException", HttpStatus.CONTENT_TOO_LARGE),
        QUERY_TOO_LARGE("QueryTooLargeException", HttpStatus.CONTENT_TOO_LARGE),
        URI_TOO_LONG("URITooLongException", HttpStatus.URI_TOO_LONG),
        UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaTypeException", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
        IMPLEMENTATION("ImplementationException", HttpStatus.INTERNAL_SERVER_ERROR);

        private final String exception;
        private final HttpStatus status;

        Kind(String exception, HttpStatus status) {
            this.exception = exception;
            this.status = status;
        }

        /** The problem type, such as {@code epcisException:ValidationException}. */
        public String type() {
            return "epcisException:" + exception;
        }

        /** The HTTP status. */
        public HttpStatus status() {
            return status;
        }

        /** In a few words. */
        public String title() {
            String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }
    }

    /** @param detail what was wrong, and what would be right */
    public EpcisProblem(Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    /** Which exception. */
    public Kind kind() {
        return kind;
    }

    /** The body of the answer. */
    public ProblemDetail detail() {
        return of(kind, kind.status(), String.valueOf(getMessage()));
    }

    static ProblemDetail of(Kind kind, HttpStatus status, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(kind.type()));
        problem.setTitle(kind.title());
        problem.setProperty("code", kind.name());
        return problem;
    }
}
