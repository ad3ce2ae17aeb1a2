package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.gateway.identity.Scope;
import io.clearmarket.gateway.submission.SubmissionFailure;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Every problem of the API: RFC 9457 with {@code code} (stable), {@code hint} (what would be right) and {@code value}. */
public final class Problems {
    private static final int SHOWN = 120;

    private Problems() {}

    /** A problem. */
    public static ProblemDetail of(
            HttpStatus status, String code, String detail, @Nullable String hint, @Nullable String value) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:clearmarket:problem:" + code.toLowerCase(Locale.ROOT)));
        problem.setTitle(title(code));
        problem.setProperty("code", code);
        if (hint != null) {
            problem.setProperty("hint", hint);
        }
        if (value != null) {
            problem.setProperty("value", cut(value));
        }
        return problem;
    }

    /** The chaincode's refusal of a command. */
    public static ProblemDetail of(Refusal refusal) {
        RefusalCode code = refusal.code();
        return of(RefusalStatus.of(code), code.name(), refusal.message(), RefusalStatus.hint(code), null);
    }

    /** A command that did not get as far. */
    public static ProblemDetail of(SubmissionFailure failure) {
        String detail = String.valueOf(failure.getMessage());
        SubmissionFailure.Kind kind = failure.kind();
        return switch (kind) {
            case MALFORMED_TRANSACTION ->
                of(HttpStatus.BAD_REQUEST, kind.name(), detail, "send the bytes as this API prepared them", null);
            case NOT_YOURS ->
                of(HttpStatus.FORBIDDEN, kind.name(), detail, "a caller acts for their own party only", null);
            case BAD_SIGNATURE ->
                of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        kind.name(),
                        detail,
                        "sign exactly the bytes given, with the key of the certificate",
                        null);
            case CERTIFICATE_EXPIRED ->
                of(HttpStatus.FORBIDDEN, kind.name(), detail, "enrol again for a new certificate", null);
            case STALE_PROPOSAL ->
                of(HttpStatus.CONFLICT, kind.name(), detail, "prepare the command again and sign it soon", null);
            case DUPLICATE_TRANSACTION ->
                of(HttpStatus.CONFLICT, kind.name(), detail, "it is on the ledger already: ask for its status", null);
            case CONFLICT -> of(HttpStatus.CONFLICT, kind.name(), detail, "prepare the command again", null);
            case UNAVAILABLE ->
                of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "LEDGER_UNAVAILABLE",
                        detail,
                        "repeat the request with the same command id",
                        null);
        };
    }

    /** A request whose line, parameters or headers no handler should see. */
    static ProblemDetail malformedRequest() {
        return of(
                HttpStatus.BAD_REQUEST,
                "MALFORMED_REQUEST",
                "the request line, a parameter or a header holds what is not allowed there",
                "percent-encode path segments and leave control characters out",
                null);
    }

    /** A method that no resource here has. */
    static ProblemDetail unknownMethod(String method) {
        return of(
                HttpStatus.METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "nothing here has the method that was asked for",
                "the header Allow names those that there are",
                method);
    }

    /** A token or key that does not open this. */
    static ProblemDetail insufficient(Scope scope) {
        return of(
                HttpStatus.FORBIDDEN,
                "INSUFFICIENT_SCOPE",
                "this needs the scope " + scope.id() + ", which the caller's token or key does not carry",
                "roles that have it: "
                        + scope.roles().stream()
                                .sorted()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                scope.id());
    }

    static ProblemDetail of(ApiProblem problem) {
        return of(
                problem.status(),
                problem.code(),
                String.valueOf(problem.getMessage()),
                problem.hint(),
                problem.value());
    }

    private static String title(String code) {
        return code.charAt(0) + code.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cut(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }
}
