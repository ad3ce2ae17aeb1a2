package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.epcis.EpcisProblem.Kind;
import io.clearmarket.gateway.epcis.store.Values;
import io.clearmarket.wallet.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the address of a stream asks for (EPCIS 2.0, section 12.7.3).
 *
 * @param schedule when to tell; null for at once
 * @param reportIfEmpty true to be told at those times that there is nothing, too
 * @param since also what is here already, if it was recorded at this time or later; null for new events only
 */
record StreamControls(
        @Nullable Schedule schedule,
        boolean reportIfEmpty,
        @Nullable Instant since) {
    private static final List<String> SCHEDULE =
            List.of("second", "minute", "hour", "dayOfMonth", "month", "dayOfWeek");

    /** @throws EpcisProblem SubscriptionControlsException, if it asks for neither or both of a stream and a schedule */
    static StreamControls of(HttpServletRequest request) {
        ObjectNode schedule = Json.MAPPER.createObjectNode();
        for (String field : SCHEDULE) {
            String value = request.getParameter(field);
            if (value != null) {
                schedule.put(field, value);
            }
        }
        boolean stream = "true".equals(request.getParameter("stream"));
        if (stream != schedule.isEmpty()) {
            throw new EpcisProblem(
                    Kind.SUBSCRIPTION_CONTROLS, "say either stream=true or a schedule, such as minute=5");
        }
        return new StreamControls(
                stream ? null : Schedule.parse(schedule),
                "true".equals(request.getParameter("reportIfEmpty")),
                since(request.getParameter("initialRecordTime")));
    }

    private static @Nullable Instant since(@Nullable String given) {
        if (given == null) {
            return null;
        }
        return Values.instant(given)
                .orElseThrow(() -> new EpcisProblem(
                        Kind.SUBSCRIPTION_CONTROLS, "initialRecordTime must be a date and time with an offset"));
    }
}
