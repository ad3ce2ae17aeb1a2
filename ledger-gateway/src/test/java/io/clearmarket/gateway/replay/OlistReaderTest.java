package io.clearmarket.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.chaincode.api.Gtin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OlistReaderTest {
    static final Path DATA = Path.of(System.getProperty("clearmarket.root", ".."), "..", "shared", "data", "olist");

    private static List<Olist.Order> realOrders() {
        Assumptions.assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not on this machine");
        return new OlistReader(DATA).read().orders();
    }

    @Test
    void the_real_orders_have_the_counts_that_are_known_of_them() {
        List<Olist.Order> orders = realOrders();
        List<Olist.Order> withLines =
                orders.stream().filter(order -> !order.lines().isEmpty()).toList();
        assertThat(orders).hasSize(2000);
        assertThat(withLines).hasSize(1798);
        assertThat(withLines.stream()
                        .mapToInt(order -> order.linesBySeller().size())
                        .sum())
                .isEqualTo(1825);
        Map<Olist.Status, Long> byStatus =
                withLines.stream().collect(Collectors.groupingBy(Olist.Order::status, Collectors.counting()));
        assertThat(byStatus)
                .containsOnly(
                        Map.entry(Olist.Status.DELIVERED, 1266L),
                        Map.entry(Olist.Status.SHIPPED, 267L),
                        Map.entry(Olist.Status.CANCELED, 116L),
                        Map.entry(Olist.Status.INVOICED, 77L),
                        Map.entry(Olist.Status.PROCESSING, 70L),
                        Map.entry(Olist.Status.UNAVAILABLE, 2L));
        LongSummaryStatistics differences = withLines.stream()
                .mapToLong(Olist.Order::paymentDifference)
                .filter(difference -> difference != 0)
                .summaryStatistics();
        assertThat(PaymentDifferences.of(differences, "BRL"))
                .isEqualTo(new PaymentDifferences(10, 69_12, -1, 61_01, "BRL"));
        assertThat(orders.stream().filter(order -> order.payments().size() > 1)).hasSize(61);
        assertThat(orders.stream().filter(order -> order.reviews().size() > 1)).hasSize(30);
        assertThat(orders.stream().mapToInt(order -> order.reviews().size()).sum())
                .isEqualTo(2031);
        assertThat(orders.stream()
                        .filter(order -> order.status() != Olist.Status.DELIVERED)
                        .mapToInt(order -> order.reviews().size())
                        .sum())
                .isEqualTo(740);
    }

    @Test
    void a_broken_value_is_named_with_its_file_and_line(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DATA), () -> DATA + " is not on this machine");
        for (String file : Arrays.asList(
                "sellers.csv",
                "customers.csv",
                "order_items.csv",
                "order_payments.csv",
                "order_reviews.csv",
                "orders.csv")) {
            Files.copy(DATA.resolve(file), folder.resolve(file));
        }
        List<String> items = Files.readAllLines(folder.resolve("order_items.csv"));
        items.set(5, items.get(5).replaceAll(",[0-9.]+,([0-9.]+)$", ",12.345,$1"));
        Files.write(folder.resolve("order_items.csv"), items);
        assertThatThrownBy(() -> new OlistReader(folder).read())
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("order_items.csv, line 6");
        Files.delete(folder.resolve("orders.csv"));
        Files.copy(
                DATA.resolve("order_items.csv"),
                folder.resolve("order_items.csv"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> new OlistReader(folder).read()).hasMessageContaining("orders.csv is missing");
    }

    @Test
    void gtins_carry_the_check_digit_of_the_general_specifications() {
        assertThat(Gtin.checkDigit("0629104150021")).isEqualTo('3');
        assertThat(Gs1.gtin(7)).hasSize(14).startsWith("0952");
    }
}
