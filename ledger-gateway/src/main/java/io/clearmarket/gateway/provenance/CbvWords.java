package io.clearmarket.gateway.provenance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of GS1's vocabularies, which may be written bare, as a web URI, as an old URN or with a prefix (CBV 2.0, section 5). */
public final class CbvWords {
    private static final List<Pattern> SPELLINGS = List.of(
            Pattern.compile("(?:https?://(?:ref|ns)\\.gs1\\.org/cbv/|cbv:)(?:BizStep|Disp|BTT|SDT|ER|Comp)-(\\w+)"),
            Pattern.compile("urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er):(\\w+)"),
            Pattern.compile("(?:https?://(?:www\\.)?gs1\\.org/voc/|gs1:)(\\w+)"));

    private CbvWords() {}

    /** The bare word, however it was spelled; a value of another vocabulary unchanged. */
    public static String bare(String value) {
        for (Pattern spelling : SPELLINGS) {
            Matcher word = spelling.matcher(value);
            if (word.matches()) {
                return word.group(1);
            }
        }
        return value;
    }
}
