package io.clearmarket.gateway.epcis;

import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.nio.charset.StandardCharsets;
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
            headers.add(HttpHeaders.LINK, link(path, perPage, token));
        }
    }

    /** The value of the Link header. */
    public static String link(String path, int perPage, String token) {
        String join = path.indexOf('?') < 0 ? "?" : "&";
        return "<" + path + join + "perPage=" + perPage + "&nextPageToken=" + token + ">; rel=\"next\"";
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
