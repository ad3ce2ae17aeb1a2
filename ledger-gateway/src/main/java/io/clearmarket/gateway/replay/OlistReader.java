package io.clearmarket.gateway.replay;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a folder with Olist's CSV files (UTF-8, header line, times without zone, taken as UTC). */
final class OlistReader {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Path folder;

    OlistReader(Path folder) {
        this.folder = folder;
    }

    /**
     * All orders with their lines, payments and reviews.
     *
     * @throws ReplayException naming file, line and value of what can't be read
     */
    Olist read() {
        Map<String, String> sellerStates = new HashMap<>();
        each("sellers.csv", row -> sellerStates.put(row.getField("seller_id"), row.getField("seller_state")));
        Map<String, String[]> customers = new HashMap<>();
        each(
                "customers.csv",
                row -> customers.put(
                        row.getField("customer_id"),
                        new String[] {row.getField("customer_unique_id"), row.getField("customer_state")}));
        Map<String, List<Olist.Line>> lines = grouped("order_items.csv", row -> line(row, sellerStates));
        Map<String, List<Olist.Payment>> payments = grouped("order_payments.csv", OlistReader::payment);
        Map<String, List<Olist.Review>> reviews = grouped("order_reviews.csv", OlistReader::review);
        reviews.values().forEach(list -> list.sort(Comparator.comparing(Olist.Review::created)));
        List<Olist.Order> orders = new ArrayList<>();
        each("orders.csv", row -> orders.add(order(row, customers, lines, payments, reviews)));
        return new Olist(List.copyOf(orders));
    }

    /** Each product's place in the catalogue, from 0. */
    Map<String, Integer> productNumbers() {
        Map<String, Integer> numbers = new HashMap<>();
        each("products.csv", row -> numbers.putIfAbsent(row.getField("product_id"), numbers.size()));
        return numbers;
    }

    private static Olist.Order order(
            NamedCsvRecord row,
            Map<String, String[]> customers,
            Map<String, List<Olist.Line>> lines,
            Map<String, List<Olist.Payment>> payments,
            Map<String, List<Olist.Review>> reviews) {
        String id = row.getField("order_id");
        String[] customer = customers.get(row.getField("customer_id"));
        if (customer == null) {
            throw new IllegalArgumentException(
                    "customer_id " + row.getField("customer_id") + " is not in customers.csv");
        }
        return new Olist.Order(
                id,
                customer[0],
                customer[1],
                Olist.Status.valueOf(row.getField("order_status").toUpperCase(Locale.ROOT)),
                LocalDateTime.parse(row.getField("order_purchase_timestamp"), TIME)
                        .toInstant(ZoneOffset.UTC),
                time(row.getField("order_approved_at")),
                time(row.getField("order_delivered_carrier_date")),
                time(row.getField("order_delivered_customer_date")),
                List.copyOf(lines.getOrDefault(id, List.of())),
                List.copyOf(payments.getOrDefault(id, List.of())),
                List.copyOf(reviews.getOrDefault(id, List.of())));
    }

    private static Olist.Line line(NamedCsvRecord row, Map<String, String> sellerStates) {
        String seller = row.getField("seller_id");
        return new Olist.Line(
                Integer.parseInt(row.getField("order_item_id")),
                row.getField("product_id"),
                seller,
                sellerStates.getOrDefault(seller, ""),
                centavos(row.getField("price")),
                centavos(row.getField("freight_value")));
    }

    private static Olist.Payment payment(NamedCsvRecord row) {
        return new Olist.Payment(
                Integer.parseInt(row.getField("payment_sequential")),
                row.getField("payment_type"),
                centavos(row.getField("payment_value")));
    }

    private static Olist.Review review(NamedCsvRecord row) {
        return new Olist.Review(
                row.getField("review_id"),
                Integer.parseInt(row.getField("review_score")),
                row.getField("review_comment_title"),
                row.getField("review_comment_message"),
                LocalDateTime.parse(row.getField("review_creation_date"), TIME).toInstant(ZoneOffset.UTC));
    }

    private static long centavos(String reais) {
        return new BigDecimal(reais).movePointRight(2).longValueExact();
    }

    private static @Nullable Instant time(String text) {
        return text.isEmpty() ? null : LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
    }

    private <T> Map<String, List<T>> grouped(String file, Function<NamedCsvRecord, T> parse) {
        Map<String, List<T>> groups = new HashMap<>();
        each(
                file,
                row -> groups.computeIfAbsent(row.getField("order_id"), id -> new ArrayList<>())
                        .add(parse.apply(row)));
        return groups;
    }

    private void each(String file, Consumer<NamedCsvRecord> use) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new ReplayException(path + " is missing; the folder must hold Olist's CSV files");
        }
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(path)) {
            for (NamedCsvRecord row : csv) {
                try {
                    use.accept(row);
                } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                    throw new ReplayException(path + ", line " + row.getStartingLineNumber() + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can't be read", e);
        }
    }
}
