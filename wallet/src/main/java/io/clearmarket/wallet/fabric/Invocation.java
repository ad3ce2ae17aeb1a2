package io.clearmarket.wallet.fabric;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.ShownText;
import java.util.List;
import org.hyperledger.fabric.protos.peer.ChaincodeInvocationSpec;

/**
 * A call of chaincode.
 *
 * @param chaincode its name on the channel
 * @param function the first argument, as text
 * @param arguments the further arguments: text where they are UTF-8, with control characters escaped, else 0x and hex
 */
public record Invocation(String chaincode, String function, List<String> arguments) {
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** From a {@code ChaincodeInvocationSpec}; the header must name the same chaincode. */
    static Invocation decode(ByteString input, TransactionHeader header) {
        var spec = Strictly.parse(ChaincodeInvocationSpec.parser(), input, "the invocation")
                .getChaincodeSpec();
        String chaincode = spec.getChaincodeId().getName();
        if (!chaincode.equals(header.chaincode())) {
            throw new RefusedToSign("the header names the chaincode " + ShownText.of(header.chaincode())
                    + ", but the invocation " + ShownText.of(chaincode));
        }
        if (spec.getInput().getIsInit() || spec.getInput().getDecorationsCount() > 0) {
            throw new RefusedToSign("the invocation is an initialisation or carries decorations");
        }
        List<ByteString> args = spec.getInput().getArgsList();
        if (args.isEmpty()) {
            throw new RefusedToSign("the invocation names no function");
        }
        List<String> texts = args.stream().map(ShownText::of).toList();
        return new Invocation(ShownText.of(chaincode), texts.getFirst(), texts.subList(1, texts.size()));
    }

    void describe(StringBuilder lines) {
        lines.append("  chaincode    ").append(chaincode).append('\n');
        lines.append("  function     ").append(function).append('\n');
        for (int i = 0; i < arguments.size(); i++) {
            lines.append("  argument ")
                    .append(i + 1)
                    .append("   ")
                    .append(arguments.get(i))
                    .append('\n');
        }
    }
}
