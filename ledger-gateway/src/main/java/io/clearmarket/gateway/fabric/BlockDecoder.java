package io.clearmarket.gateway.fabric;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.DomainEvent;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.json.Json;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.ledger.rwset.NsReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVRWSet;
import org.hyperledger.fabric.protos.ledger.rwset.kvrwset.KVWrite;
import org.hyperledger.fabric.protos.peer.ChaincodeAction;
import org.hyperledger.fabric.protos.peer.ChaincodeActionPayload;
import org.hyperledger.fabric.protos.peer.ChaincodeEndorsedAction;
import org.hyperledger.fabric.protos.peer.ChaincodeEvent;
import org.hyperledger.fabric.protos.peer.ProposalResponsePayload;
import org.hyperledger.fabric.protos.peer.Transaction;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.jspecify.annotations.Nullable;

/** Reads Fabric blocks, as far as they are about our chaincode. For one thread. */
final class BlockDecoder {
    private static final int REMEMBERED = 4096;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    /** Where a Fabric peer keeps a channel's configuration in its world state, in the namespace "". */
    private static final String CONFIGURATION_KEY = "resourcesconfigtx.CHANNEL_CONFIG_KEY";

    private final String chaincode;
    private final Map<ByteString, Creator> creators = remembering();
    private final Map<ByteString, Endorser> endorsers = remembering();

    BlockDecoder(String chaincode) {
        this.chaincode = chaincode;
    }

    LedgerBlock decode(Block block, Instant receivedAt) throws InvalidProtocolBufferException {
        ByteString filter = block.getMetadata().getMetadata(BlockMetadataIndex.TRANSACTIONS_FILTER_VALUE);
        List<LedgerTransaction> transactions = new ArrayList<>();
        for (int i = 0; i < block.getData().getDataCount(); i++) {
            TxValidationCode code = TxValidationCode.forNumber(Byte.toUnsignedInt(filter.byteAt(i)));
            transactions.add(transaction(
                    i, block.getData().getData(i), code == null ? TxValidationCode.INVALID_OTHER_REASON : code));
        }
        ByteString previous = block.getHeader().getPreviousHash();
        return new LedgerBlock(
                block.getHeader().getNumber(),
                BlockHashes.header(block.getHeader()),
                previous.isEmpty() ? Digest.ZERO : Digest.of(previous.toByteArray()),
                receivedAt,
                transactions);
    }

    /** What made a transaction invalid may be that nobody can read it; anybody can have such a one in a block, and the block must be told of all the same. */
    private LedgerTransaction transaction(int index, ByteString envelope, TxValidationCode code)
            throws InvalidProtocolBufferException {
        try {
            return read(index, envelope, code);
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            if (code == TxValidationCode.VALID) {
                throw unreadable;
            }
            return new LedgerTransaction(
                    index, "", false, code.name(), null, "", Instant.EPOCH, List.of(), "", List.of(), null, List.of());
        }
    }

    private LedgerTransaction read(int index, ByteString envelope, TxValidationCode code)
            throws InvalidProtocolBufferException {
        Payload payload = Payload.parseFrom(Envelope.parseFrom(envelope).getPayload());
        ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        ByteString creator = SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader())
                .getCreator();
        boolean valid = code == TxValidationCode.VALID;
        boolean call = header.getType() == HeaderType.ENDORSER_TRANSACTION_VALUE;
        ChaincodeEndorsedAction endorsed =
                valid && call ? endorsed(payload.getData()) : ChaincodeEndorsedAction.getDefaultInstance();
        ChaincodeAction action = action(endorsed);
        // what an invalid transaction calls its creator is anybody's guess
        Creator by = valid && call ? creators.computeIfAbsent(creator, Creator::of) : null;
        List<PublicWrite> written = call ? publicWrites(action) : valid ? configuration(payload.getData()) : List.of();
        return new LedgerTransaction(
                index,
                ID.matcher(header.getTxId()).matches() ? header.getTxId() : "",
                valid,
                code.name(),
                by == null ? null : by.party(),
                by == null ? "" : by.mspId(),
                instant(header.getTimestamp()),
                writes(written),
                by == null ? "" : by.certificateHash(),
                written,
                event(action),
                endorsers(endorsed));
    }

    private static ChaincodeEndorsedAction endorsed(ByteString transaction) throws InvalidProtocolBufferException {
        ByteString action = Transaction.parseFrom(transaction).getActions(0).getPayload();
        return ChaincodeActionPayload.parseFrom(action).getAction();
    }

    private static ChaincodeAction action(ChaincodeEndorsedAction endorsed) throws InvalidProtocolBufferException {
        return ChaincodeAction.parseFrom(ProposalResponsePayload.parseFrom(endorsed.getProposalResponsePayload())
                .getExtension());
    }

    private List<Endorser> endorsers(ChaincodeEndorsedAction endorsed) {
        return endorsed.getEndorsementsList().stream()
                .map(endorsement -> endorsers.computeIfAbsent(endorsement.getEndorser(), BlockDecoder::endorser))
                .toList();
    }

    private static List<PublicWrite> publicWrites(ChaincodeAction action) throws InvalidProtocolBufferException {
        List<PublicWrite> writes = new ArrayList<>();
        for (NsReadWriteSet set : TxReadWriteSet.parseFrom(action.getResults()).getNsRwsetList()) {
            for (KVWrite write : KVRWSet.parseFrom(set.getRwset()).getWritesList()) {
                byte[] value = write.getIsDelete() ? null : write.getValue().toByteArray();
                writes.add(new PublicWrite(set.getNamespace(), write.getKey(), value));
            }
        }
        return writes;
    }

    /** The configuration's bytes as the envelope has them: to encode its maps again could give others. */
    private static List<PublicWrite> configuration(ByteString configEnvelope) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(configEnvelope)
                .getField(ConfigEnvelope.CONFIG_FIELD_NUMBER)
                .getLengthDelimitedList()
                .stream()
                .map(config -> new PublicWrite("", CONFIGURATION_KEY, config.toByteArray()))
                .toList();
    }

    private List<Write> writes(List<PublicWrite> written) {
        List<Write> writes = new ArrayList<>();
        for (PublicWrite write : written) {
            if (write.namespace().equals(chaincode)) {
                RecordKey.parse(write.key())
                        .map(key -> new Write(key.kind(), key.id(), write.value()))
                        .ifPresent(writes::add);
            }
        }
        return writes;
    }

    private @Nullable DomainEvent event(ChaincodeAction action) throws InvalidProtocolBufferException {
        if (action.getEvents().isEmpty()) {
            return null;
        }
        ChaincodeEvent event = ChaincodeEvent.parseFrom(action.getEvents());
        return event.getChaincodeId().equals(chaincode)
                ? Json.MAPPER.readValue(event.getPayload().toByteArray(), DomainEvent.class)
                : null;
    }

    /** Parsing a certificate costs more than all the rest of a transaction, and the same few sign most of them. */
    private record Creator(PartyId party, String mspId, String certificateHash) {
        /** Null for one with a kind of key that no party has, such as an administrator's of another network may be. */
        static @Nullable Creator of(ByteString serialized) {
            try {
                Identity identity = Identity.fromSerialized(serialized.toByteArray());
                return new Creator(identity.partyId(), identity.mspId(), hash(identity.certificate()));
            } catch (IllegalArgumentException nobodyWeKnow) {
                return null;
            }
        }
    }

    private static Endorser endorser(ByteString serialized) {
        Identity identity = Identity.fromSerialized(serialized.toByteArray());
        return new Endorser(identity.mspId(), commonName(identity.certificate()), hash(identity.certificate()));
    }

    private static String commonName(X509Certificate certificate) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 0
                ? ""
                : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    private static String hash(X509Certificate certificate) {
        try {
            return Digest.of(Digests.sha256(certificate.getEncoded())).hex();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", impossible);
        }
    }

    private static <T> Map<ByteString, T> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteString, T> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** A time that no calendar has, as an invalid transaction may, is told as that of 1970. */
    private static Instant instant(Timestamp timestamp) {
        return Timestamps.isOfACalendar(timestamp)
                ? Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos())
                : Instant.EPOCH;
    }
}
