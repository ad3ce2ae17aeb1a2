package io.clearmarket.gateway.chain;

import io.clearmarket.contracts.generated.MarketEscrow;
import io.clearmarket.contracts.generated.TestToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.datatypes.CustomError;

/** Says a contract's custom error with its values, instead of four bytes and some words. */
final class ContractErrors {
    private static final int SELECTOR = 10;

    private static final Map<String, CustomError> BY_SELECTOR = Stream.of(
                    MarketEscrow.ALREADYDEPOSITED_ERROR,
                    MarketEscrow.DEPOSITNOTEXACT_ERROR,
                    MarketEscrow.DEPOSITTOOLATE_ERROR,
                    MarketEscrow.INVALIDSIGNATURE_ERROR,
                    MarketEscrow.INVALIDTERMS_ERROR,
                    MarketEscrow.NOTANATTESTER_ERROR,
                    MarketEscrow.NOTENOUGHGAS_ERROR,
                    MarketEscrow.PAYOUTREFUSED_ERROR,
                    MarketEscrow.QUORUMNOTREACHED_ERROR,
                    MarketEscrow.REQUIREDATTESTERMISSING_ERROR,
                    MarketEscrow.SAFEERC20FAILEDOPERATION_ERROR,
                    MarketEscrow.SIGNERSNOTASCENDING_ERROR,
                    MarketEscrow.STANDBYNOTANNOUNCED_ERROR,
                    MarketEscrow.STANDBYNOTUSABLE_ERROR,
                    MarketEscrow.WRONGATTESTERS_ERROR,
                    TestToken.ERC20INSUFFICIENTBALANCE_ERROR,
                    TestToken.ERC3009INVALIDAUTHORIZATIONTIME_ERROR,
                    TestToken.ERC3009INVALIDSIGNATURE_ERROR,
                    TestToken.ERC3009USEDAUTHORIZATION_ERROR)
            .collect(Collectors.toUnmodifiableMap(
                    error -> CustomErrorEncoder.encode(error).substring(0, SELECTOR), error -> error));

    private ContractErrors() {}

    /** {@code Name(value, value)}, or the node's own words where the error is none of ours. */
    static String describe(@Nullable String data, String message) {
        String hex = data == null ? "" : data.replace("\"", "");
        CustomError error = hex.length() < SELECTOR ? null : BY_SELECTOR.get(hex.substring(0, SELECTOR));
        if (error == null) {
            return message;
        }
        List<String> values =
                FunctionReturnDecoder.decode("0x" + hex.substring(SELECTOR), error.getParameters()).stream()
                        .map(type -> type.getValue() instanceof byte[] bytes
                                ? Hex.of(bytes)
                                : type.getValue().toString())
                        .toList();
        return error.getName() + "(" + String.join(", ", values) + ")";
    }
}
