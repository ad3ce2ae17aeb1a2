package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.chaincode.api.Amount;
import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.CommandName;
import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.ConsignmentId;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.EpcisRecord;
import io.clearmarket.chaincode.api.EscrowTypes;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.chaincode.api.OrderId;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
import io.clearmarket.chaincode.domain.TermsBuilder;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever moves money needs the auditor's organisation: the platform's and the merchants' peers together endorse each such
 * command, and the ledger takes none of them; the very same request is taken once the auditor's peer has endorsed it too.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CabalContract {
    private static final String[] CABAL = {"PlatformMSP", "MerchantsMSP"};
    private static final String[] WITH_AUDITOR = {"PlatformMSP", "MerchantsMSP", "AuditMSP"};

    private final Map<Person, NetworkClient> clients = new HashMap<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int commands;
    private Person audit;
    private Person platform;
    private Person buyer;
    private Person merchant;
    private Person carrier;
    private Person arbiter;

    abstract Organization organization(String mspId);

    /** A client's certificate with the attribute that names its role. */
    abstract SigningIdentity issue(String mspId, String name, Role role);

    /** Starts the network, unless it runs already; an assumption fails where there can be none. */
    abstract void open(Path folder);

    @BeforeAll
    void everybody_registers(@TempDir Path folder) throws Exception {
        open(folder);
        audit = enrol("AuditMSP", Role.OPERATOR);
        platform = enrol("PlatformMSP", Role.OPERATOR);
        for (Person operator : List.of(audit, platform)) {
            agreed(operator, new Command.ApproveMarket(id(), Bazaar.config(1)));
        }
        buyer = registered("PlatformMSP", Role.BUYER);
        merchant = registered("MerchantsMSP", Role.MERCHANT);
        carrier = registered("PlatformMSP", Role.CARRIER);
        arbiter = registered("AuditMSP", Role.ARBITER);
        for (Person operator : List.of(audit, platform)) {
            agreed(operator, new Command.AccreditParty(id(), merchant.id(), Role.MERCHANT));
            agreed(operator, new Command.AccreditParty(id(), carrier.id(), Role.CARRIER));
            agreed(operator, new Command.AccreditParty(id(), arbiter.id(), Role.ARBITER));
        }
    }

    @AfterAll
    void everybody_leaves() {
        clients.values().forEach(NetworkClient::close);
    }

    @Test
    void a_deposit_a_release_a_refund_and_a_ruling_each_need_the_auditors_peer() throws Exception {
        SignedTerms terms = place("cabal-order-1");
        ConsignmentId about = terms.terms().consignmentId();
        onlyWithTheAuditor(merchant, about, new Command.RecordDeposit(id(), about, deposit(terms)));
        onlyWithTheAuditor(buyer, about, new Command.Accept(id(), about, version(about), Bazaar.amount(7)));
        onlyWithTheAuditor(merchant, about, new Command.Refund(id(), about, version(about), Bazaar.amount(5)));
        quarrel(about, 0);
        Amount held = consignment(about).money().held();
        onlyWithTheAuditor(
                arbiter, about, new Command.Rule(id(), about, version(about), held, Amount.ZERO, Digest.ZERO));
    }

    @Test
    void a_settlement_between_the_parties_needs_the_auditors_peer_too() throws Exception {
        SignedTerms terms = place("cabal-order-2");
        ConsignmentId about = terms.terms().consignmentId();
        agreed(merchant, new Command.RecordDeposit(id(), about, deposit(terms)));
        quarrel(about, 10);
        Amount held = consignment(about).money().held();
        agreed(merchant, new Command.OfferSplit(id(), about, version(about), held, Amount.ZERO));
        Digest offer = Objects.requireNonNull(consignment(about).dispute())
                .offers()
                .getFirst()
                .digest(about);
        onlyWithTheAuditor(buyer, about, new Command.AcceptOffer(id(), about, version(about), offer));
    }

    /** Each command is one request with one id, tried twice. */
    private void onlyWithTheAuditor(Person by, ConsignmentId about, Command command) throws Exception {
        Consignment before = consignment(about);
        assertThat(committed(by, command, CABAL))
                .as(command + " endorsed by the platform and the merchants")
                .isEqualTo(TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
        assertThat(consignment(about)).isEqualTo(before);

        assertThat(committed(by, command, WITH_AUDITOR))
                .as(command + " endorsed by the auditor too")
                .isEqualTo(TxValidationCode.VALID);
        assertThat(consignment(about).version()).isGreaterThan(before.version());
        assertThat(consignment(about)).isNotEqualTo(before);
    }

    private TxValidationCode committed(Person by, Command command, String... mspIds) throws Exception {
        Transaction endorsed;
        try {
            endorsed = contract(by)
                    .newProposal(CommandName.of(command.getClass()))
                    .addArguments(new String(CanonicalJson.bytes(command), UTF_8))
                    .setEndorsingOrganizations(mspIds)
                    .build()
                    .endorse();
        } catch (EndorseException e) {
            throw new AssertionError(command + ": " + e.getDetails(), e);
        }
        Status status = endorsed.submitAsync().getStatus();
        for (NetworkClient client : clients.values()) {
            awaitBlock(client, status.getBlockNumber());
        }
        return status.getCode();
    }

    /** The next endorsers read on from there. */
    private static void awaitBlock(NetworkClient client, long number) throws Exception {
        while (BlockchainInfo.parseFrom(client.contract("qscc").evaluateTransaction("GetChainInfo", "market"))
                        .getHeight()
                <= number) {
            Thread.sleep(20);
        }
    }

    private void agreed(Person by, Command command) throws Exception {
        assertThat(committed(by, command, WITH_AUDITOR)).isEqualTo(TxValidationCode.VALID);
    }

    private SignedTerms place(String order) throws Exception {
        SignedTerms terms = TermsBuilder.between(buyer, merchant, List.of(arbiter.id()), now)
                .of(new OrderId(order))
                .signed();
        agreed(buyer, new Command.PlaceOrder(id(), terms.terms().orderId(), List.of(terms)));
        return terms;
    }

    /** The goods arrive, and the buyer disputes. */
    private void quarrel(ConsignmentId about, int serialsAfter) throws Exception {
        List<Command.LineItems> items = Facts.items(serialsAfter);
        agreed(merchant, new Command.Ship(id(), about, version(about), items, carrier.id(), event("shipping", items)));
        agreed(carrier, new Command.Deliver(id(), about, version(about), event("arriving", items)));
        agreed(buyer, new Command.OpenDispute(id(), about, version(about), Digest.ZERO, null));
    }

    private EpcisRecord event(String step, List<Command.LineItems> items) {
        String hash =
                Digest.sha256(Integer.toString(++commands).getBytes(UTF_8)).hex();
        return new EpcisRecord(
                "ni:///sha-256;" + hash + "?ver=CBV2.0",
                "ObjectEvent",
                "OBSERVE",
                step,
                null,
                now,
                Facts.epcs(items),
                null,
                null,
                Digest.ZERO);
    }

    private Evidence deposit(SignedTerms terms) {
        Evidence.Seen seen = new Evidence.Seen(
                Bazaar.CHAIN,
                Bazaar.ESCROW,
                EscrowTypes.escrowId(terms.terms()),
                Evidence.Kind.DEPOSIT,
                terms.terms().total(),
                Amount.ZERO,
                Amount.ZERO,
                Digest.ZERO,
                ++commands,
                1,
                Digest.ZERO,
                now);
        return Facts.attested(seen, Bazaar.AUDIT_ATTESTER, Bazaar.MERCHANTS_ATTESTER);
    }

    private Person registered(String mspId, Role role) throws Exception {
        Person person = enrol(mspId, role);
        agreed(person, person.registration(id(), role));
        return person;
    }

    private Person enrol(String mspId, Role role) {
        SigningIdentity identity = issue(mspId, role.name().toLowerCase(Locale.ROOT), role);
        Person person = Person.of(identity, role);
        clients.put(person, NetworkClient.connect(organization(mspId), "market", identity));
        return person;
    }

    private long version(ConsignmentId about) throws Exception {
        return consignment(about).version();
    }

    private Consignment consignment(ConsignmentId about) throws Exception {
        return Json.MAPPER.readValue(
                contract(platform).evaluateTransaction("get", "consignment", about.value()), Consignment.class);
    }

    private Contract contract(Person person) {
        NetworkClient client = clients.get(person);
        if (client == null) {
            throw new AssertionError("nobody connected as " + person.id());
        }
        return client.contract("market");
    }

    private CommandId id() {
        return new CommandId("cabal-command-" + ++commands);
    }
}
