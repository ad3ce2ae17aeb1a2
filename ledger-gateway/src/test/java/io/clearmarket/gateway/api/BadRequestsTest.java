package io.clearmarket.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.testing.DeviceBuyer;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.SystemState;
import io.clearmarket.gateway.testing.TestHttp.Answer;
import io.clearmarket.gateway.testing.TestMarket;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class BadRequestsTest {
    @Test
    void every_bad_authenticated_request_is_a_4xx_problem_with_its_code_and_changes_nothing() throws Exception {
        GatewayTestSystem system = GatewayTestSystem.get();
        TestMarket market = TestMarket.get();
        List<BadRequest> refused = new RefusedRequests(system, market).all();
        List<BadRequest> malformed =
                new MalformedRequests(system, DeviceBuyer.enrol(system), DeviceBuyer.enrol(system)).all();
        assertThat(refused.stream().map(BadRequest::code).distinct()).hasSizeGreaterThanOrEqualTo(25);
        assertThat(refused.size() + malformed.size()).isGreaterThanOrEqualTo(50);

        SystemState before = SystemState.settled(system);
        SoftAssertions all = new SoftAssertions();
        refused.forEach(request -> check(request, all));
        malformed.forEach(request -> check(request, all));
        all.assertAll();
        assertThat(SystemState.settled(system)).isEqualTo(before);
    }

    private static void check(BadRequest request, SoftAssertions all) {
        Answer answer = request.request().get();
        String what = request.name() + " " + answer;
        all.assertThat(answer.status()).as(what).isEqualTo(request.status()).isBetween(400, 499);
        all.assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
        all.assertThat(answer.code()).as(what).isEqualTo(request.code());
        all.assertThat(answer.text("detail")).as(what).isNotEmpty();
    }
}
