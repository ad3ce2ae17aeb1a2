package io.clearmarket.gateway.epcis.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.wallet.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-26T18:00:00.5Z");

    @Test
    void an_hour_and_a_minute_come_once_a_day() {
        Schedule schedule = schedule("{\"hour\":\"1\",\"minute\":\"5\"}");
        Instant first = schedule.next(NOW).orElseThrow();
        assertThat(first).isEqualTo("2026-11-27T01:05:00Z");
        assertThat(schedule.next(first)).contains(Instant.parse("2026-11-28T01:05:00Z"));
    }

    @Test
    void lists_and_ranges_name_several_times() {
        Schedule schedule = schedule("{\"second\":\"0,[10-12]\"}");
        Instant at = NOW;
        for (String expected : List.of("18:00:10", "18:00:11", "18:00:12", "18:01:00")) {
            at = schedule.next(at).orElseThrow();
            assertThat(at).isEqualTo("2026-11-26T" + expected + "Z");
        }
    }

    @Test
    void a_day_of_the_week_in_a_month_is_found() {
        assertThat(schedule("{\"dayOfWeek\":\"1\",\"month\":\"2\"}").next(NOW))
                .contains(Instant.parse("2027-02-01T00:00:00Z"));
        assertThat(schedule("{\"dayOfMonth\":\"31\",\"month\":\"2\"}").next(NOW))
                .isEmpty();
    }

    @Test
    void what_is_no_schedule_is_refused() {
        for (String wrong :
                List.of("{}", "{\"hour\":\"24\"}", "{\"hour\":\"x\"}", "{\"year\":\"1\"}", "{\"second\":\"[5-2]\"}")) {
            assertThatThrownBy(() -> schedule(wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            EpcisProblem.class,
                            problem -> assertThat(problem.kind()).isEqualTo(EpcisProblem.Kind.SUBSCRIPTION_CONTROLS));
        }
    }

    private static Schedule schedule(String json) {
        return Schedule.parse(Json.MAPPER.readTree(json));
    }
}
