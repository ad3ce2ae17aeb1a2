package io.clearmarket.gateway.api;

import io.clearmarket.chaincode.api.Consignment.Goods;
import io.clearmarket.gateway.readmodel.InvalidQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which consignments are asked for.
 *
 * @param goods those whose goods are there; absent: wherever they are
 * @param closed only those that are closed, or that are not; absent: both
 */
record ConsignmentState(@Nullable Goods goods, @Nullable Boolean closed) {
    /** All of them. */
    static final ConsignmentState ANY = new ConsignmentState(null, null);

    /** What may be asked for. */
    static final List<String> NAMES = Stream.concat(
                    Stream.of("open", "closed"),
                    Arrays.stream(Goods.values()).map(goods -> goods.name().toLowerCase(Locale.ROOT)))
            .toList();

    /** In either case; Spring finds this by its name. */
    public static ConsignmentState of(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!NAMES.contains(name)) {
            throw new InvalidQuery("state", text, "one of " + NAMES);
        }
        return switch (name) {
            case "open" -> new ConsignmentState(null, false);
            case "closed" -> new ConsignmentState(null, true);
            default -> new ConsignmentState(Goods.valueOf(name.toUpperCase(Locale.ROOT)), null);
        };
    }
}
