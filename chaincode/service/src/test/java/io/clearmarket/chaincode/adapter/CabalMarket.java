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
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.chaincode.api.SignedTerms;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.chaincode.domain.Bazaar;
import io.clearmarket.chaincode.domain.Facts;
import io.clearmarket.chaincode.domain.Person;
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
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Status;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A market on any network, where each command is endorsed by chosen organisations' peers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CabalMarket {
    static final String[] CABAL = {"PlatformMSP", "MerchantsMSP"};
    static final String[] WITH_AUDITOR = {"PlatformMSP", "MerchantsMSP", "AuditMSP"};

    /** An order and the items that are shipped for it. */
    record CabalOrder(SignedTerms terms, List<Command.LineItems> items) {
        ConsignmentId id() {
            return terms.terms().consignmentId();
        }
    }

    private final Map<Person, NetworkClient> clients = new HashMap<>();
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int commands;
    private Opening<Exception> opening;
    Person audit;
    Person platform;
    Person buyer;
    Person merchant;
    Person carrier;
    Person arbiter;

    abstract Organization organization(String mspId);

    /** A client's certificate with the attribute that names its role. */
    abstract SigningIdentity issue(String mspId, String name, Role role);

    /** Starts the network, unless it runs already; an assumption fails where there can be none. */
    abstract void open(Path folder);

    @BeforeAll
    void everybody_registers(@TempDir Path folder) throws Exception {
        open(folder);
        opening = new Opening<>(this::enrol, this::agreed, this::id);
        audit = opening.audit();
        platform = opening.platform();
        opening.approve();
        buyer = opening.accredited("PlatformMSP", Role.BUYER);
        merchant = opening.accredited("MerchantsMSP", Role.MERCHANT);
        carrier = opening.accredited("PlatformMSP", Role.CARRIER);
        arbiter = opening.accredited("AuditMSP", Role.ARBITER);
    }

    @AfterAll
    void everybody_leaves() {
        clients.values().forEach(NetworkClient::close);
    }

    TxValidationCode committed(Person by, Command command, String... mspIds) throws Exception {
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

    void agreed(Person by, Command command) throws Exception {
        assertThat(committed(by, command, WITH_AUDITOR)).isEqualTo(TxValidationCode.VALID);
    }

    EpcisRecord event(String step, List<Command.LineItems> items) {
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

    Evidence seen(CabalOrder order, Evidence.Kind kind, long gross, long payer) {
        Terms terms = order.terms().terms();
        Evidence.Seen seen = new Evidence.Seen(
                Bazaar.CHAIN,
                Bazaar.ESCROW,
                EscrowTypes.escrowId(terms),
                kind,
                terms.total(),
                Amount.of(gross),
                Amount.of(payer),
                Digest.ZERO,
                ++commands,
                1,
                Digest.ZERO,
                now);
        return Facts.attested(seen, Bazaar.AUDIT_ATTESTER, Bazaar.MERCHANTS_ATTESTER);
    }

    Person registered(String mspId, Role role) throws Exception {
        return opening.registered(mspId, role);
    }

    private Person enrol(String mspId, Role role) {
        SigningIdentity identity = issue(mspId, role.name().toLowerCase(Locale.ROOT), role);
        Person person = Person.of(identity, role);
        clients.put(person, NetworkClient.connect(organization(mspId), "market", identity));
        return person;
    }

    long version(ConsignmentId about) throws Exception {
        return consignment(about).version();
    }

    Consignment consignment(ConsignmentId about) throws Exception {
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

    CommandId id() {
        return new CommandId("cabal-command-" + ++commands);
    }
}
