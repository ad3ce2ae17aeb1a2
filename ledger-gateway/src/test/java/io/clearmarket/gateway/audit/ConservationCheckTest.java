package io.clearmarket.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.gateway.chain.EscrowStatus;
import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConservationCheckTest {

    @Test
    void ledgers_that_agree_have_no_difference() {
        LedgersFixture sound = new LedgersFixture();
        CheckResult result = ConservationCheck.run(sound.ledger(), sound.chain());
        assertThat(result.differences()).isEmpty();
        assertThat(result.consignments()).isEqualTo(1);
        assertThat(result.assets().values()).singleElement().satisfies(sums -> {
            assertThat(sums.deposited()).isEqualTo(BigInteger.valueOf(1003));
            assertThat(sums.pending()).isEqualTo(BigInteger.valueOf(100));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void each_broken_rule_is_named_with_its_consignment(String line, Consumer<LedgersFixture> change) {
        assertThat(new LedgersFixture().with(change).differences())
                .anySatisfy(found ->
                        assertThat(found).startsWith(LedgersFixture.ID + ": ").endsWith(line));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        "deposited = held + gross + buyer: expected 1003, found 1004",
                        both -> both.money().put("held", "1")),
                broken(
                        "gross = merchant + fee + referrer: expected 903, found 904",
                        both -> both.money().put("merchant", "868")),
                broken("fee: expected 27, found 28", both -> both.money().put("fee", "28")),
                broken("referrer: expected 9, found 10", both -> both.money().put("referrer", "10")),
                broken(
                        "newest decision's gross: expected 903, found 904",
                        both -> both.decision(2).put("gross", "904")),
                broken(
                        "newest decision's buyer: expected 100, found 99",
                        both -> both.decision(2).put("buyer", "99")),
                broken(
                        "gross of decision 2: expected at least 1003, found 903",
                        both -> both.decision(1).put("gross", "1003")),
                broken(
                        "decision's number: expected 2, found 3",
                        both -> both.decision(2).put("number", 3)),
                broken(
                        "held: expected no negative amount, found -5",
                        both -> both.money().put("held", "-5")),
                broken(
                        "deposited is the terms' total: expected 1003, found 1000",
                        both -> both.money().put("deposited", "1000")),
                broken("found " + "0".repeat(64), both -> both.consignment.put("escrowId", "0".repeat(64))),
                broken(
                        "paid gross on the chain: expected 900, found 903",
                        both -> both.money().put("paidGross", "900")),
                broken(
                        "paid to the payer on the chain: expected 1, found 0",
                        both -> both.money().put("paidBuyer", "1")),
                broken(
                        "deposited on the chain: expected true, found false",
                        both -> both.status = status(903, 0, false)),
                broken(
                        "paid gross of what was decided: expected at most 903, found 904",
                        both -> both.status = status(904, 0, true)),
                broken(
                        "paid to the payer of what was decided: expected at most 100, found 101",
                        both -> both.status = status(903, 101, true)));
    }

    @Test
    void contract_that_has_one_unit_less_than_it_owes_is_found() {
        assertThat(new LedgersFixture().with(both -> both.balance = 106).differences())
                .singleElement()
                .asString()
                .startsWith("eip155:31337/erc20:0x")
                .endsWith("held + pending + claimable: expected at least 107, found 106");
    }

    private static EscrowStatus status(long gross, long payer, boolean deposited) {
        return new EscrowStatus(Amount.of(gross), Amount.of(payer), deposited, false, false, false);
    }

    private static Arguments broken(String line, Consumer<LedgersFixture> change) {
        return Arguments.of(line, change);
    }
}
