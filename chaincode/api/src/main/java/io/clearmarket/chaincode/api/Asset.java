package io.clearmarket.chaincode.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clearmarket.wallet.eth.EthAddress;
import java.util.regex.Pattern;

/** An ERC-20 token by its CAIP-19 name: {@code eip155:<chain id>/erc20:<address>}. */
public record Asset(@JsonValue String caip19) {
    /** As JSON has it; a regular expression that ECMA-262 reads alike. */
    public static final Pattern FORM = Pattern.compile("eip155:[1-9][0-9]{0,15}/erc20:0x[0-9a-fA-F]{40}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Asset {
        if (!FORM.matcher(caip19).matches()) {
            throw new InvalidValue("asset", caip19, "a CAIP-19 ERC-20 name, eip155:<chain id>/erc20:<address>");
        }
    }

    public static Asset erc20(long chainId, EthAddress token) {
        return new Asset("eip155:" + chainId + "/erc20:" + token);
    }

    public long chainId() {
        return Long.parseLong(caip19.substring("eip155:".length(), caip19.indexOf('/')));
    }

    public EthAddress token() {
        return EthAddress.parse(caip19.substring(caip19.lastIndexOf(':') + 1));
    }

    @Override
    public String toString() {
        return caip19;
    }
}
