package io.clearmarket.chaincode.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.clearmarket.chaincode.api.Answer;
import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.wallet.json.CanonicalJson;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hyperledger.fabric.metrics.Metrics;
import org.hyperledger.fabric.protos.peer.ChaincodeMessage;
import org.hyperledger.fabric.shim.ChaincodeBase;
import org.hyperledger.fabric.shim.ChaincodeStub;
import org.hyperledger.fabric.traces.Traces;

/**
 * The chaincode as the shim sees it: a function is a command's name with its JSON, or a query's with strings. Status 200 with
 * JSON, 400 with the refusal's JSON as message, or 500 when something of ours or the peer's is broken.
 */
public final class MarketChaincode extends ChaincodeBase {
    private static final Logger LOGGER = Logger.getLogger(MarketChaincode.class.getName());
    private static final int OK = 200;
    private static final int REFUSED = 400;
    private static final int FAULT = 500;
    private static final byte[] NOTHING = {};

    private final Commands commands;

    /**
     * @param packageId the installed package's id, which the peer expects in the first message
     * @param clock this endorser's clock, for the guard of timestamps
     */
    public MarketChaincode(String packageId, Clock clock) {
        commands = new Commands(new ClockGuard(clock));
        processCommandLineOptions(new String[] {"-i", packageId});
        Properties config = getChaincodeConfig();
        Metrics.initialize(config);
        Traces.initialize(config);
    }

    /**
     * Serves one peer's stream.
     *
     * @param toPeer takes what the chaincode asks
     * @return takes what the peer says
     * @throws IllegalStateException if the shim can't
     */
    StreamObserver<ChaincodeMessage> connect(StreamObserver<ChaincodeMessage> toPeer) {
        try {
            return connectToPeer(toPeer);
        } catch (IOException e) {
            throw new IllegalStateException("the shim takes no stream of a peer", e);
        }
    }

    /** There is nothing to initialise. */
    @Override
    public Response init(ChaincodeStub stub) {
        return invoke(stub);
    }

    @Override
    public Response invoke(ChaincodeStub stub) {
        try {
            return new Response(OK, "", run(stub));
        } catch (RequestRefused refused) {
            return refused(refused.refusal());
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "transaction " + stub.getTxId() + " failed");
            return new Response(FAULT, "internal fault, see the chaincode's log of this transaction", NOTHING);
        }
    }

    private byte[] run(ChaincodeStub stub) {
        List<ByteString> arguments =
                stub.getArgs().stream().map(ByteString::copyFrom).toList();
        if (arguments.isEmpty()) {
            throw new RequestRefused(RefusalCode.WRONG_ARGUMENTS, "there is no function name");
        }
        String function = arguments.getFirst().toStringUtf8();
        List<ByteString> rest = arguments.subList(1, arguments.size());
        if (Queries.NAMES.contains(function)) {
            List<String> strings = rest.stream().map(ByteString::toStringUtf8).toList();
            return Queries.run(function, strings, stub);
        }
        WorldState state = new WorldState(stub);
        ByteString creator = ByteString.copyFrom(stub.getCreator());
        Effect effect = commands.run(new Invocation(function, rest, creator, stub.getTxTimestamp()), state);
        Answer answer = effect.answer();
        if (!answer.repeated()) {
            effect.writes().forEach(state::put);
            stub.setEvent(answer.event().type(), effect.event().getBytes(UTF_8));
        }
        return effect.answerText().getBytes(UTF_8);
    }

    private static Response refused(Refusal refusal) {
        return new Response(REFUSED, CanonicalJson.text(refusal), NOTHING);
    }
}
