package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.InvalidValue;
import io.clearmarket.wallet.json.Malformed;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON document, under the codes that the chaincode uses for the same. */
final class JsonProblems {
    private JsonProblems() {}

    static ProblemDetail of(InvalidValue invalid) {
        return Problems.of(
                HttpStatus.BAD_REQUEST,
                "INVALID_VALUE",
                String.valueOf(invalid.getMessage()),
                "it must be " + invalid.expected(),
                invalid.value());
    }

    static ProblemDetail of(JacksonException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValue invalid) {
                return of(invalid);
            }
        }
        String where = unreadable instanceof DatabindException databind ? path(databind) : "";
        String at = where.isEmpty() ? "" : " at " + where;
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown ->
                problem("UNKNOWN_FIELD", "no such field" + at, "the fields are " + unknown.getKnownPropertyIds());
            case InvalidNullException missing ->
                problem("MISSING_FIELD", "a required field is missing" + at, "give it a value");
            case InvalidFormatException format ->
                Problems.of(
                        HttpStatus.BAD_REQUEST,
                        "INVALID_VALUE",
                        "a value is of the wrong form" + at,
                        "it must be a " + format.getTargetType().getSimpleName(),
                        String.valueOf(format.getValue()));
            case ValueInstantiationException refused ->
                problem("INVALID_VALUE", words(refused) + at, "see /v3/api-docs for the form");
            case InputCoercionException outOfRange ->
                problem("INVALID_VALUE", firstLine(outOfRange) + at, "use a number in range");
            case StreamConstraintsException unused ->
                problem("TOO_LONG", Malformed.tooLarge(), "send a smaller document");
            case StreamReadException malformed ->
                problem(
                        Malformed.isNameTwice(malformed) ? "DUPLICATE_FIELD" : "MALFORMED_JSON",
                        Malformed.words(malformed),
                        "see RFC 8259; each name at most once");
            default -> mismatch(firstLine(unreadable), at);
        };
    }

    /** The mapper says these in words only. */
    private static ProblemDetail mismatch(String words, String at) {
        if (words.startsWith("Missing required")) {
            return problem("MISSING_FIELD", words + at, "give it a value");
        }
        if (words.startsWith("Trailing token")) {
            return problem("TRAILING_BYTES", "something follows the JSON document", "send one document");
        }
        return problem("WRONG_TYPE", words + at, "see /v3/api-docs for the form");
    }

    /** What the value's own type says, without the mapper's preamble. */
    private static String words(ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        return cause == null || cause.getMessage() == null ? firstLine(refused) : cause.getMessage();
    }

    private static ProblemDetail problem(String code, String detail, String hint) {
        return Problems.of(HttpStatus.BAD_REQUEST, code, detail, hint, null);
    }

    private static String firstLine(JacksonException unreadable) {
        return unreadable.getOriginalMessage().lines().findFirst().orElse("unreadable");
    }

    private static String path(DatabindException exception) {
        return exception.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }
}
