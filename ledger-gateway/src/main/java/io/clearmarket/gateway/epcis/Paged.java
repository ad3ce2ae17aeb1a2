package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A page of a short list (EPCIS 2.0, section 12.5: perPage, nextPageToken and the Link header).
 *
 * @param perPage how many at most
 * @param offset how many came before
 */
public record Paged(int perPage, int offset) {
    /** The largest page. */
    public static final int MOST = 1000;

    /** The standard's default. */
    public static final int DEFAULT = 30;

    private static final String EXPIRES = "GS1-Next-Page-Token-Expires";
    private static final Duration GOOD_FOR = Duration.ofDays(30);

    /** @throws EpcisProblem if either is none */
    public static Paged of(int perPage, @Nullable String token) {
        requireSize(perPage);
        return new Paged(perPage, token == null ? 0 : offset(token));
    }

    /** Refuses a page of no size; one that is too large is cut by whoever makes it. */
    public static void requireSize(int perPage) {
        if (perPage < 1 || perPage > MOST) {
            throw new EpcisProblem(Kind.QUERY_PARAMETER, "perPage is " + perPage + "; it must be 1 to " + MOST);
        }
    }

    /** Of one more than fit, those that fit. */
    public <T> List<T> page(List<T> found) {
        return found.size() > perPage ? found.subList(0, perPage) : found;
    }

    /** Sets the Link to the next page, if there is more. */
    public void linkNext(HttpHeaders headers, String path, int found) {
        if (found > perPage) {
            String token = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("n" + (offset + perPage)).getBytes(StandardCharsets.UTF_8));
            linkNext(headers, path, perPage, token);
        }
    }

    /** Sets the Link to the next page, and until when its token is good at least: tokens hold all that there is to know. */
    public static void linkNext(HttpHeaders headers, String path, int perPage, String token) {
        String join = path.indexOf('?') < 0 ? "?" : "&";
        headers.add(
                HttpHeaders.LINK,
                "<" + path + join + "perPage=" + perPage + "&nextPageToken=" + token + ">; rel=\"next\"");
        headers.add(
                EXPIRES,
                Instant.now().plus(GOOD_FOR).truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static int offset(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.matches("n\\d{1,9}")) {
                return Integer.parseInt(text.substring(1));
            }
        } catch (IllegalArgumentException notBase64) {
            // the problem below says it
        }
        throw new EpcisProblem(Kind.QUERY_PARAMETER, "nextPageToken is none that was given out here");
    }
}
