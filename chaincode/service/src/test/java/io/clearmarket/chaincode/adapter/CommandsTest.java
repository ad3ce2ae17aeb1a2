package io.clearmarket.chaincode.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Keys;
import io.clearmarket.chaincode.domain.Ledger;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final DevelopmentCa CA = DevelopmentCa.create("PlatformMSP", "ca.platform");
    private static final SigningIdentity DEVICE = issue("device");
    private static final Instant NOW = Bazaar.START.plusNanos(123_456_789);
    private static final CommandId ID = new CommandId("register-1");

    private final Ledger ledger = new Ledger();
    private final Commands commands = new Commands(new ClockGuard(Clock.fixed(NOW, ZoneOffset.UTC)));

    @Test
    void the_event_names_who_when_and_every_record_in_key_order() {
        Effect effect = register(DEVICE, NOW);
        DomainEvent event = effect.answer().event();
        assertThat(event.type()).isEqualTo("party.registered");
        assertThat(event.by()).isEqualTo(DEVICE.partyId());
        assertThat(event.mspId()).isEqualTo("PlatformMSP");
        assertThat(event.at()).as("ledger time in milliseconds").isEqualTo(Bazaar.START.plusMillis(123));
        assertThat(event.changes())
                .extracting(DomainEvent.Change::kind)
                .containsExactly(RecordKind.PARTY, RecordKind.RECEIPT);
        assertThat(effect.writes()).hasSize(2);
    }

    @Test
    void a_repeated_command_answers_as_the_first_time_and_writes_nothing() {
        Effect first = register(DEVICE, NOW);
        first.writes().forEach(ledger::put);
        Effect again = register(DEVICE, NOW.plusSeconds(20));
        assertThat(again.answer().repeated()).isTrue();
        assertThat(again.answer().event()).isEqualTo(first.answer().event());
        assertThat(again.writes()).isEmpty();
    }

    @Test
    void a_command_id_is_its_signers_own() {
        register(DEVICE, NOW).writes().forEach(ledger::put);
        assertThat(register(issue("device"), NOW).answer().repeated()).isFalse();
    }

    @Test
    void a_timestamp_is_accepted_within_the_guard_and_nowhere_else() {
        register(DEVICE, NOW.minus(Duration.ofMinutes(10)));
        register(DEVICE, NOW.plusSeconds(30));
        for (Instant outside : List.of(
                NOW.minus(Duration.ofMinutes(10)).minusNanos(1),
                NOW.plusSeconds(30).plusNanos(1))) {
            assertThat(RefusalCodesTest.ofRequest(() -> register(DEVICE, outside))
                            .code())
                    .isEqualTo(RefusalCode.TIMESTAMP_OUTSIDE_GUARD);
        }
    }

    @Test
    void the_certificates_attribute_is_the_role() {
        assertThat(RefusalCodesTest.ofRequest(() -> register(issue("buyer"), NOW))
                        .code())
                .isEqualTo(RefusalCode.WRONG_ROLE);
        assertThat(RefusalCodesTest.ofRequest(() -> register(issue("DEVICE"), NOW))
                        .code())
                .as("the attribute is in lower case")
                .isEqualTo(RefusalCode.WRONG_ROLE);
    }

    @Test
    void a_creator_that_is_no_certificate_is_refused() {
        Invocation invocation =
                new Invocation("registerParty", List.of(json(registration())), ByteString.copyFromUtf8("x"), NOW);
        assertThat(RefusalCodesTest.ofRequest(() -> commands.run(invocation, ledger))
                        .code())
                .isEqualTo(RefusalCode.INVALID_VALUE);
    }

    @Test
    void a_registered_party_is_known_by_its_key() {
        register(DEVICE, NOW).writes().forEach(ledger::put);
        assertThat(ledger.get(Keys.party(DEVICE.partyId())).certificate()).isEqualTo(DEVICE.certificatePem());
    }

    static Refusal reused() {
        CommandsTest test = new CommandsTest();
        test.register(DEVICE, NOW).writes().forEach(test.ledger::put);
        Command other = new Command.RegisterParty(ID, Role.AUDITOR, EthAddress.ZERO, "");
        return RefusalCodesTest.ofRequest(() -> test.run(other, DEVICE, NOW));
    }

    private Effect register(SigningIdentity by, Instant timestamp) {
        return run(registration(), by, timestamp);
    }

    private Effect run(Command command, SigningIdentity by, Instant timestamp) {
        return commands.run(
                new Invocation(
                        CommandName.of(command.getClass()),
                        List.of(json(command)),
                        ByteString.copyFrom(by.serialized()),
                        timestamp),
                ledger);
    }

    private static Command registration() {
        return new Command.RegisterParty(ID, Role.DEVICE, EthAddress.ZERO, "");
    }

    private static ByteString json(Command command) {
        return ByteString.copyFrom(CanonicalJson.bytes(command));
    }

    private static SigningIdentity issue(String role) {
        return CA.issue(CertificateRequest.of("test-" + role, NodeOu.CLIENT).withAttribute(Role.ATTRIBUTE, role));
    }
}
