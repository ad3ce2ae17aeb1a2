package io.clearmarket.chaincode.domain;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of {@link LegalityTest}, as something to run with a guard missing. */
public final class LegalityLines implements Callable<String> {
    /** The first line that does not hold, or "". */
    @Override
    public String call() throws ReflectiveOperationException {
        CsvSource source = Arrays.stream(LegalityTest.class.getDeclaredMethods())
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(CsvSource.class)))
                .findFirst()
                .orElseThrow();
        LegalityTest test = new LegalityTest();
        for (String line :
                source.textBlock().lines().filter(text -> !text.startsWith("#")).toList()) {
            List<String> columns =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            try {
                test.is_legal_exactly_where_the_specification_says(
                        columns.get(0),
                        columns.get(1),
                        columns.get(2),
                        columns.get(3),
                        columns.get(4),
                        columns.get(5),
                        columns.get(6));
            } catch (RuntimeException | AssertionError otherwise) {
                return line;
            }
        }
        return "";
    }
}
