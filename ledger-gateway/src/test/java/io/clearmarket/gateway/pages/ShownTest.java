package io.clearmarket.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.config.Language;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.i18n.LocaleContextHolder;

class ShownTest {
    private static final Amount LARGE = new Amount(new BigInteger("12345678901234567890"));
    private static final Instant EVENING = Instant.parse("2026-11-06T21:12:59Z");
    private final Shown shown = new Shown();

    @AfterEach
    void forgetLocale() {
        LocaleContextHolder.resetLocaleContext();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENGLISH    | 12,345,678,901,234,567,890 | Nov 6, 2026
            CHINESE    | 12,345,678,901,234,567,890 | 2026年11月6日
            SPANISH    | 12.345.678.901.234.567.890 | 6 nov 2026
            PORTUGUESE | 12.345.678.901.234.567.890 | 6 de nov. de 2026
            FRENCH     | 12 345 678 901 234 567 890 | 6 nov. 2026
            """)
    void amounts_and_times_are_written_as_the_reader_writes_them(Language language, String amount, String day) {
        LocaleContextHolder.setLocale(language.locale());
        assertThat(shown.amount(LARGE).replaceAll("[\\u00a0\\u202f]", " ")).isEqualTo(amount);
        assertThat(shown.time(EVENING)).contains(day).endsWith(" +00:00");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENGLISH    | EUR | €123,456.78
            SPANISH    | EUR | 123.456,78 €
            ENGLISH    | JPY | ¥12,345,678
            ENGLISH    | KWD | KWD12,345.678
            ENGLISH    | ABC | 12,345,678 ABC
            ENGLISH    | bip122:000000000019d6689c085ae165831e93/slip44:0 | 12,345,678 bip122:0…
            """)
    void a_tender_is_written_with_its_currencys_digits_or_in_minor_units(Language language, String unit, String text) {
        LocaleContextHolder.setLocale(language.locale());
        assertThat(shown.tender(Amount.of(12_345_678), unit).replaceAll("[\\u00a0\\u202f]", " "))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "en,ENGLISH",
        "'zh-Hant-TW,en;q=0.8',CHINESE",
        "pt-BR,PORTUGUESE",
        "'de,fr-CA;q=0.7,en;q=0.1',FRENCH",
        "ar-EG,ARABIC"
    })
    void a_browsers_wishes_find_the_nearest_language(String acceptLanguage, Language wanted) {
        assertThat(Language.wanted(acceptLanguage)).contains(wanted);
    }

    @ParameterizedTest
    @CsvSource({"de", "*;q=x", "''"})
    void wishes_for_none_of_ours_find_none(String acceptLanguage) {
        assertThat(Language.wanted(acceptLanguage)).isEmpty();
    }
}
