package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a result begins. It holds all that there is to know, so it never expires and nothing is kept for it.
 *
 * @param newest the newest event that belongs to the result
 * @param key what the last event given was ordered by; null before the first
 * @param seq the last event given
 * @param given how many were given
 */
record PageToken(long newest, @Nullable String key, long seq, int given) {
    private static final Pattern FORM = Pattern.compile("e(\\d{1,18}) (\\d{1,18}) (\\d{1,9}) ([-+:. 0-9A-Za-z]{1,60})");
    private static final Pattern KEY = Pattern.compile(
            "-?\\d{1,40}(\\.\\d{1,40})?|-?Infinity|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?[-+][0-9:]{2,8}");

    static PageToken first(long newest) {
        return new PageToken(newest, null, 0, 0);
    }

    PageToken after(String lastKey, long last, int more) {
        return new PageToken(newest, lastKey, last, Math.addExact(given, more));
    }

    String text() {
        String plain = "e" + newest + " " + seq + " " + given + " " + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws EpcisProblem if it is none that was given out */
    static PageToken parse(String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (parts.matches() && KEY.matcher(parts.group(4)).matches()) {
                return new PageToken(
                        Long.parseLong(parts.group(1)),
                        parts.group(4),
                        Long.parseLong(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
            }
        } catch (IllegalArgumentException notBase64) {
            // the problem below says it
        }
        throw new EpcisProblem(Kind.QUERY_PARAMETER, "nextPageToken is none that was given out here");
    }
}
