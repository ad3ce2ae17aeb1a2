package io.clearmarket.chaincode.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.HandOver;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.domain.Permissions.Permission;
import io.clearmarket.chaincode.domain.Permissions.Standing;
import io.clearmarket.chaincode.moves.Actor;
import io.clearmarket.chaincode.moves.LegalMove;
import io.clearmarket.chaincode.moves.MoveTable;
import io.clearmarket.wallet.eth.Secp256k1Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every command by every role, registered and not, and by nobody in particular: only those whom the tables name get past. */
class RolesTest {
    private static final Set<RefusalCode> NOT_THEIRS = EnumSet.of(
            RefusalCode.WRONG_ROLE, RefusalCode.WRONG_PARTY, RefusalCode.NOT_REGISTERED, RefusalCode.NOT_ACCREDITED);

    /** Somebody in a role, or in none, who has no part in the order. */
    private record Outsider(@Nullable Role role, boolean registered, Person person) {
        static List<Outsider> all() {
            List<Outsider> all = new ArrayList<>();
            for (Role role : Role.values()) {
                all.add(new Outsider(role, true, Person.of("PlatformMSP", role)));
                all.add(new Outsider(role, false, Person.of("PlatformMSP", role)));
            }
            all.add(new Outsider(null, false, Person.of("PlatformMSP", null)));
            return all;
        }

        Bazaar in(Bazaar bazaar) {
            if (registered && role != null) {
                bazaar.does(bazaar.registration(person), person);
                if (role.needsAccreditation()) {
                    bazaar.accredited(person);
                }
            }
            return bazaar;
        }
    }

    private final List<Outsider> outsiders = Outsider.all();

    @Test
    void every_command_stands_in_one_of_the_two_tables_once() {
        Set<Class<?>> named = new TreeSet<>(Comparator.comparing(Class::getName));
        Permissions.TABLE.forEach(row -> assertThat(named.add(row.command())).isTrue());
        MoveTable.rows().forEach(row -> named.add(row.command()));
        assertThat(named)
                .hasSameSizeAs(CommandName.types().values())
                .containsAll(CommandName.types().values());
    }

    @Test
    void a_command_of_the_market_is_for_the_roles_of_its_row_and_for_nobody_else() {
        List<String> wrong = new ArrayList<>();
        for (Permission permission : Permissions.TABLE) {
            for (Outsider outsider : outsiders) {
                Person by = outsider.person();
                // who registers is not registered yet
                boolean registers = permission.command() == Command.RegisterParty.class;
                Bazaar bazaar = registers ? Bazaar.opened() : outsider.in(Bazaar.opened());
                Outcome outcome = bazaar.decide(market(permission.command(), bazaar, by), by);
                if (isTheirs(outcome) != isFor(outsider, permission)) {
                    wrong.add(permission + " by " + outsider + ": " + outcome);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_command_of_a_consignment_is_for_its_own_parties_whatever_role_an_outsider_has() {
        Map<String, LegalMove> rows = new TreeMap<>();
        MoveTable.rows().forEach(row -> rows.putIfAbsent(CommandName.of(row.command()), row));
        List<String> wrong = new ArrayList<>();
        rows.forEach((name, row) -> {
            boolean anybody = row.actors().contains(Actor.ANYBODY);
            for (Outsider outsider : outsiders) {
                Bazaar bazaar = outsider.in(in(row));
                if (isTheirs(attempt(name, row, bazaar, outsider.person())) != anybody) {
                    wrong.add(name + " by " + outsider);
                }
            }
            for (Actor actor : row.actors()) {
                Person party = LegalityTest.person(actor);
                if (!isTheirs(attempt(name, row, in(row), party))) {
                    wrong.add(name + " by its " + actor);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean isFor(Outsider outsider, Permission permission) {
        boolean role = outsider.role() != null && permission.roles().contains(outsider.role());
        return role && (outsider.registered() || permission.standing() == Standing.CERTIFIED);
    }

    /** It is not for who asks that it is refused, if it is. */
    private static boolean isTheirs(Outcome outcome) {
        return !(outcome instanceof Outcome.Refused refused
                && NOT_THEIRS.contains(refused.refusal().code()));
    }

    private static Bazaar in(LegalMove row) {
        return LegalityTest.in(new LegalityTest.State(
                row.from().stream().sorted().findFirst().orElseThrow(),
                LegalityTest.letter(row.quarrels().stream().sorted().findFirst().orElseThrow()),
                row.funds() == LegalMove.Funds.DEPOSITED,
                false));
    }

    private static Outcome attempt(String name, LegalMove row, Bazaar bazaar, Person by) {
        String when = row.due() != null && row.due().past() ? "late" : "early";
        return LegalityTest.attempt(LegalityTest.command(name, bazaar, by), bazaar, by, when);
    }

    /** The asker's own, if they can have one; else nobody's. */
    private static SampleDevice ownDevice(Bazaar bazaar, Person by) {
        SampleDevice device = SampleDevice.ed25519();
        if (bazaar.ledger.find(Keys.party(by.id())) != null) {
            bazaar.does(device.registration(bazaar, by), by);
        }
        return device;
    }

    /** A command that is sound but for who asks. */
    private static Command market(Class<? extends Command> type, Bazaar bazaar, Person by) {
        return switch (CommandName.of(type)) {
            case "approveMarket" -> new Command.ApproveMarket(bazaar.id(), Bazaar.config(2));
            case "accreditParty" -> new Command.AccreditParty(bazaar.id(), Bazaar.CARRIER.id(), Role.CARRIER);
            case "suspendParty" -> new Command.SuspendParty(bazaar.id(), Bazaar.BUYER.id(), Digest.ZERO);
            case "reinstateParty" -> new Command.ReinstateParty(bazaar.id(), Bazaar.BUYER.id());
            case "registerParty" -> bazaar.registration(by);
            case "changeAddress" -> {
                Person elsewhere = new Person(by.keys(), Secp256k1Key.generate(), by.asker());
                yield new Command.ChangeAddress(
                        bazaar.id(), elsewhere.wallet().address(), elsewhere.bindingSignature(Bazaar.LEDGER));
            }
            case "changeKey" -> new Command.ChangeKey(bazaar.id(), by.id());
            case "withdrawChange" -> new Command.WithdrawChange(bazaar.id());
            case "completeChange" -> new Command.CompleteChange(bazaar.id(), Bazaar.BUYER.id());
            case "publishOffer" -> new Command.PublishOffer(bazaar.id(), SaleOfferBuilder.by(by));
            case "placeOrder" -> bazaar.order(TermsBuilder.by(by));
            case "recordEvent" ->
                new Command.RecordEvent(bazaar.id(), bazaar.event("inspecting", List.of(Facts.epc(1))));
            case "recordHandOver" -> {
                HandOver handOver = new HandOver(
                        Bazaar.LEDGER, List.of(Facts.epc(1)), by.id(), Bazaar.MERCHANT.id(), bazaar.now, Digest.ZERO);
                yield new Command.RecordHandOver(
                        bazaar.id(), handOver, Bazaar.MERCHANT.sign(handOver.canonicalBytes()));
            }
            case "registerDevice" -> SampleDevice.ed25519().registration(bazaar, by);
            case "calibrateDevice" -> {
                SampleDevice device = ownDevice(bazaar, by);
                yield new Command.CalibrateDevice(
                        bazaar.id(), device.id(), Digest.ZERO, bazaar.now, bazaar.now.plusSeconds(1));
            }
            case "revokeDevice" ->
                new Command.RevokeDevice(bazaar.id(), ownDevice(bazaar, by).id());
            case "recordReadings" -> new Command.RecordReadings(bazaar.id(), Digest.ZERO, 1, 1, bazaar.now, bazaar.now);
            default -> throw new AssertionError(type);
        };
    }
}
