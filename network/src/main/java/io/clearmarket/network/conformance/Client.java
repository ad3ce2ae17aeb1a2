package io.clearmarket.network.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import io.grpc.Channel;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.Proposal;
import org.hyperledger.fabric.client.Transaction;
import org.hyperledger.fabric.client.identity.Signer;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.hyperledger.fabric.protos.common.Block;

/** The unmodified client library with one identity on one organisation's gateway, and short names for what is done often. */
final class Client implements AutoCloseable {
    /** A detail's message where an endorser's result is not the first one's. */
    static final String MISMATCH = "ProposalResponsePayloads do not match";

    /** A minute, for a peer of a busy machine to get level. */
    private static final int ATTEMPTS = 3_000;

    private final Gateway gateway;
    private final SigningIdentity identity;
    private final String chaincode;
    private final Channel connection;

    Client(Channel connection, SigningIdentity identity, String chaincode) {
        this(connection, identity, message -> P256.sign(identity.privateKey(), message), chaincode);
    }

    /** With a signer that may not be the certificate's. */
    Client(Channel connection, SigningIdentity identity, Signer signer, String chaincode) {
        this.identity = identity;
        this.chaincode = chaincode;
        this.connection = connection;
        this.gateway = Gateway.newInstance()
                .identity(new X509Identity(identity.mspId(), identity.certificate()))
                .hash(Hash.NONE)
                .signer(signer)
                .connection(connection)
                .connect();
    }

    Gateway gateway() {
        return gateway;
    }

    SigningIdentity identity() {
        return identity;
    }

    Channel connection() {
        return connection;
    }

    Network network() {
        return gateway.getNetwork(NetworkPlan.CHANNEL);
    }

    Contract contract() {
        return network().getContract(chaincode);
    }

    Contract contract(String other) {
        return network().getContract(other);
    }

    /** Endorses, submits and waits for a valid commit. */
    String submit(String function, String... arguments) throws Exception {
        return new String(endorse(function, arguments).submit(), UTF_8);
    }

    String evaluate(String function, String... arguments) throws Exception {
        return new String(contract().evaluateTransaction(function, arguments), UTF_8);
    }

    Proposal propose(String function, String... arguments) {
        return contract().newProposal(function).addArguments(arguments).build();
    }

    /** Endorses; does so again when the peers read at different heights, as a client of real Fabric must. */
    Transaction endorse(String function, String... arguments) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return propose(function, arguments).endorse();
            } catch (EndorseException e) {
                boolean lagging = e.getDetails().stream()
                        .anyMatch(detail -> detail.getMessage().equals(MISMATCH));
                if (!lagging || attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    /** Endorsed by these organisations alone, whatever the policy says. */
    Transaction endorseBy(String[] mspIds, String function, String... arguments) throws Exception {
        return contract()
                .newProposal(function)
                .addArguments(arguments)
                .setEndorsingOrganizations(mspIds)
                .build()
                .endorse();
    }

    /** A block of this gateway's peer. */
    Block block(long number) throws Exception {
        return Block.parseFrom(
                contract("qscc").evaluateTransaction("GetBlockByNumber", NetworkPlan.CHANNEL, Long.toString(number)));
    }

    long height() throws Exception {
        return org.hyperledger.fabric.protos.common.BlockchainInfo.parseFrom(
                        contract("qscc").evaluateTransaction("GetChainInfo", NetworkPlan.CHANNEL))
                .getHeight();
    }

    /** A transaction made of changed bytes, signed by this client. */
    Transaction resigned(org.hyperledger.fabric.protos.gateway.PreparedTransaction changed) {
        ByteString unsigned = changed.toBuilder()
                .setEnvelope(changed.getEnvelope().toBuilder().clearSignature())
                .build()
                .toByteString();
        return gateway.newTransaction(unsigned.toByteArray());
    }

    static org.hyperledger.fabric.protos.gateway.PreparedTransaction prepared(Transaction transaction)
            throws InvalidProtocolBufferException {
        return org.hyperledger.fabric.protos.gateway.PreparedTransaction.parseFrom(transaction.getBytes());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
