package io.clearmarket.wallet.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.exc.StreamReadException;

class MalformedTest {
    /** Documents are one byte a character, so that one of them is no UTF-8. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        {              | it ends at line 1, column 2 with something open
        {"a":"b        | it ends at line 1, column 8 with something open
        [1,            | something else must stand at line 1, column 4
        {"a":\\n vers} | something else must stand at line 2
        {a:1}          | something else must stand at line 1, column 2
        {"a":NaN}      | something else must stand at line 1
        {"a":01}       | something else must stand at line 1
        [1,]           | something else must stand at line 1
        hello          | something else must stand at line 1
        {"\u00ff":1}   | something else must stand at line 1
        {"a":1,"a":2}  | Duplicate
        """)
    void says_where_and_what_would_be_right_and_nothing_of_the_parser(String document, String words) {
        byte[] json = document.replace("\\n", "\n").getBytes(ISO_8859_1);
        StreamReadException unreadable =
                catchThrowableOfType(StreamReadException.class, () -> Json.MAPPER.readTree(json));
        assertThat(Malformed.words(unreadable))
                .startsWith("not strict JSON: ")
                .contains(words)
                .doesNotContain("REDACTED", "Source", "offset", "Feature", "`");
        assertThat(Malformed.isNameTwice(unreadable)).isEqualTo(words.equals("Duplicate"));
    }
}
