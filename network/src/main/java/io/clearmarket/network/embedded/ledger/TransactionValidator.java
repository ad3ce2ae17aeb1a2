package io.clearmarket.network.embedded.ledger;

import static io.clearmarket.network.embedded.ledger.InvalidTransaction.require;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import io.clearmarket.network.embedded.configtx.RefusedUpdate;
import io.clearmarket.network.embedded.msp.MspException;
import io.clearmarket.network.embedded.msp.MspIdentity;
import io.clearmarket.network.embedded.policy.Signers;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/**
 * Judges one transaction by itself: checks 1 to 13 of fabric-protocol 5.1, against the state before its block. Safe to call
 * for several transactions at once.
 */
final class TransactionValidator {
    private final ChannelResources channel;
    private final EndorsementRules endorsements;
    private final Predicate<String> known;

    /**
     * @param known whether an id is in the ledger already, valid or not
     */
    TransactionValidator(ChannelResources channel, EndorsementRules endorsements, Predicate<String> known) {
        this.channel = channel;
        this.endorsements = endorsements;
        this.known = known;
    }

    /**
     * A verdict so far.
     *
     * @param transactionId "" if unreadable
     * @param readWrites empty unless valid
     */
    record Verdict(String transactionId, TxValidationCode code, List<NamespaceReadWrites> readWrites) {
        Verdict turned(TxValidationCode invalid) {
            return new Verdict(transactionId, invalid, List.of());
        }

        boolean valid() {
            return code == TxValidationCode.VALID;
        }
    }

    Verdict judge(ByteString bytes, WorldState state) {
        try {
            OpenedEnvelope opened = OpenedEnvelope.open(bytes);
            return new Verdict(opened.channel().getTxId(), TxValidationCode.VALID, check(opened, state));
        } catch (InvalidTransaction invalid) {
            return new Verdict(OpenedEnvelope.idOf(bytes), invalid.code(), List.of());
        }
    }

    private List<NamespaceReadWrites> check(OpenedEnvelope opened, WorldState state) throws InvalidTransaction {
        require(signedByCreator(opened), TxValidationCode.BAD_CREATOR_SIGNATURE);
        if (opened.channel().getType() == HeaderType.CONFIG_VALUE) {
            requireFollowing(opened);
            return List.of();
        }
        require(
                opened.channel().getType() == HeaderType.ENDORSER_TRANSACTION_VALUE,
                TxValidationCode.UNSUPPORTED_TX_PAYLOAD);
        String id = opened.channel().getTxId();
        require(id.equals(expectedId(opened)), TxValidationCode.BAD_PROPOSAL_TXID);
        EndorsedAction action = EndorsedAction.of(opened);
        require(!known.test(id), TxValidationCode.DUPLICATE_TXID);
        EndorsedAction.Effects effects = action.effects(opened);
        List<MspIdentity> signers = Signers.of(action.endorsements(), channel);
        endorsements.check(effects, signers, state);
        return effects.readWrites();
    }

    /** A configuration must be what its signed update makes of the present one, whoever ordered it. */
    private void requireFollowing(OpenedEnvelope opened) throws InvalidTransaction {
        ConfigEnvelope proposed = InvalidTransaction.parse(
                TxValidationCode.INVALID_CONFIG_TRANSACTION,
                () -> ConfigEnvelope.parseFrom(opened.payload().getData()));
        try {
            channel.validate(proposed);
        } catch (RefusedUpdate e) {
            throw new InvalidTransaction(TxValidationCode.INVALID_CONFIG_TRANSACTION);
        }
    }

    /** A creator of another channel is unknown here, so nothing that was signed for it can be replayed. */
    private boolean signedByCreator(OpenedEnvelope opened) {
        if (!opened.channel().getChannelId().equals(channel.channel())) {
            return false;
        }
        try {
            MspIdentity creator = channel.deserialize(opened.signer().getCreator());
            return creator.isValid()
                    && creator.verify(
                            opened.envelope().getPayload().toByteArray(),
                            opened.envelope().getSignature().toByteArray());
        } catch (MspException unknown) {
            return false;
        }
    }

    private static String expectedId(OpenedEnvelope opened) {
        MessageDigest digest = BlockHashes.sha256();
        digest.update(opened.signer().getNonce().asReadOnlyByteBuffer());
        digest.update(opened.signer().getCreator().asReadOnlyByteBuffer());
        return HexFormat.of().formatHex(digest.digest());
    }
}
