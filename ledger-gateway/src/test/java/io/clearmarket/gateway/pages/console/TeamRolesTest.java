package io.clearmarket.gateway.pages.console;

import static io.clearmarket.gateway.pages.console.ConsoleSession.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.gateway.identity.Caller;
import io.clearmarket.gateway.identity.FormToken;
import io.clearmarket.gateway.identity.TeamRole;
import io.clearmarket.gateway.testing.GatewayTestSystem;
import io.clearmarket.gateway.testing.TestHttp;
import io.clearmarket.gateway.testing.Trade;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who in a merchant's team may do what: written here once more, and tried at both doors. */
class TeamRolesTest {
    private static final Trade PLACED = Trade.placed();

    private final GatewayTestSystem system = GatewayTestSystem.get();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # act          | shipping | finance
            SHIP           | yes      | no
            REFUND         | no       | yes
            CANCEL         | no       | yes
            CANCEL_FUNDED  | no       | yes
            CONTEST_RETURN | no       | yes
            OFFER_SPLIT    | no       | yes
            ACCEPT_OFFER   | no       | yes
            WITHDRAW_OFFER | no       | yes
            SUBMIT_EVIDENCE | no      | yes
            APPEAL         | no       | yes
            OPEN_CASE      | yes      | yes
            ANSWER_CASE    | yes      | yes
            ANSWER_REVIEW  | yes      | yes
            """)
    void a_role_opens_the_doors_of_its_own_acts_and_no_other(Act act, String shipping, String finance) {
        PLACED.seenBy("merchant");
        Map<TeamRole, String> expected =
                Map.of(TeamRole.OWNER, "yes", TeamRole.SHIPPING, shipping, TeamRole.FINANCE, finance);
        expected.forEach((role, may) -> {
            String token = token(role);
            TestHttp.Answer api =
                    system.http(token).post("/api/v1/consignments/" + PLACED.id() + "/" + act.segment(), Map.of());
            // what is let in lacks its members here
            if (may.equals("yes")) {
                assertThat(api.status()).as("%s %s", role, act).isIn(400, 409, 422);
            } else {
                assertThat(api.status()).as("%s %s", role, act).isEqualTo(403);
            }
            ConsoleSession session = new ConsoleSession(token);
            int page = session.post(
                            path(PLACED.id()) + "/" + act.segment(),
                            Map.of(FormToken.FIELD, FormToken.of(token), "step", "write"))
                    .statusCode();
            assertThat(page).as("%s %s", role, act).isEqualTo(may.equals("yes") ? 422 : 403);
        });
        assertThat(PLACED.seenBy("merchant").path("consignment").path("version").asLong())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access-keys",
                "checkouts",
                "webhooks",
                "terms/signatures",
                "commands/prepare",
                "orders",
                "parties",
                "batches"
            })
    void only_an_owner_writes_what_is_no_act_on_a_consignment(String what) {
        for (TeamRole role : Set.of(TeamRole.SHIPPING, TeamRole.FINANCE)) {
            TestHttp.Answer answer = system.http(token(role)).post("/api/v1/" + what, Map.of());
            assertThat(answer.status()).as("%s %s", role, what).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("NOT_ALLOWED");
        }
    }

    @Test
    void a_member_is_offered_their_own_acts_alone() {
        Trade trade = Trade.placed().fund();
        trade.seenBy("merchant");
        String shipping = new ConsoleSession(token(TeamRole.SHIPPING))
                .get(path(trade.id()))
                .body();
        assertThat(shipping)
                .contains("data-act=\"ship\"", "data-act=\"open-case\"")
                .doesNotContain("data-act=\"refund\"");
        String finance = new ConsoleSession(token(TeamRole.FINANCE))
                .get(path(trade.id()))
                .body();
        assertThat(finance).contains("data-act=\"refund\"").doesNotContain("data-act=\"ship\"");
    }

    private String token(TeamRole role) {
        return system.token(new Caller(
                role.name(), Set.of(Role.MERCHANT), system.person("merchant").party(), "merchant", Set.of(role)));
    }
}
