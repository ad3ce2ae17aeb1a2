package io.clearmarket.network.embedded.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.EndorseException;
import org.hyperledger.fabric.client.GatewayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StateTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .and("callee", "OR('PlatformMSP.peer','AuditMSP.peer')", RigChaincode::new);

    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");

    private String submit(String function, String... arguments) throws Exception {
        return new String(rig.submitTransaction(function, arguments), UTF_8);
    }

    /** A plan knows nothing of a caller's policy if the caller touches no state of its own. */
    private String submitByAll(String function, String... arguments) throws Exception {
        return new String(
                rig.newProposal(function)
                        .addArguments(arguments)
                        .setEndorsingOrganizations("PlatformMSP", "MerchantsMSP", "AuditMSP")
                        .build()
                        .endorse()
                        .submit(),
                UTF_8);
    }

    private String evaluate(String function, String... arguments) throws Exception {
        return new String(rig.evaluateTransaction(function, arguments), UTF_8);
    }

    @Test
    void a_transaction_does_not_read_its_own_writes() throws Exception {
        submit("put", "own", "one");
        // two endorse, and both must have read the same
        NETWORK.network().awaitLevel();

        assertThat(submit("putGet", "own", "two")).isEqualTo("before=one after=one");
        assertThat(evaluate("get", "own")).isEqualTo("two");
    }

    @Test
    void an_absent_key_reads_as_empty_and_an_empty_value_deletes() throws Exception {
        assertThat(evaluate("length", "absent")).isEqualTo("0");
        submit("put", "emptied", "full");
        submit("put", "emptied", "");

        assertThat(evaluate("length", "emptied")).isEqualTo("0");
        assertThat(evaluate("history", "emptied")).isEqualTo("deleted,full");
    }

    @Test
    void keys_are_in_the_order_of_their_utf_8_bytes() throws Exception {
        submit("put", "utf-\uFFFD", "1");
        submit("put", "utf-\uD83D\uDE00", "2");
        submit("put", "utf-a", "3");

        assertThat(evaluate("range", "utf-", "utf.")).isEqualTo("utf-a,utf-\uFFFD,utf-\uD83D\uDE00");
    }

    @Test
    void simple_and_composite_keys_do_not_see_each_other() throws Exception {
        submit("put", "simple", "1");
        submit("putComposite", "line", "order1", "a");
        submit("putComposite", "line", "order1", "b");
        submit("putComposite", "line", "order2", "a");

        assertThat(evaluate("range", "", "")).contains("simple").doesNotContain("line");
        assertThat(evaluate("composites", "line", "order1")).isEqualTo("order1/a,order1/b");
    }

    @Test
    void a_range_of_250_keys_comes_whole_and_in_order() throws Exception {
        submit("fill", "many", "250");

        assertThat(evaluate("range", "many", "many~"))
                .isEqualTo(
                        IntStream.range(0, 250).mapToObj("many%04d"::formatted).collect(Collectors.joining(",")));
    }

    @Test
    void pages_end_with_the_first_key_of_the_next() throws Exception {
        submit("fill", "page", "25");

        assertThat(evaluate("page", "page", "page~", "10", "")).endsWith("|10|page0010");
        assertThat(evaluate("page", "page", "page~", "10", "page0010")).endsWith("|10|page0020");
        assertThat(evaluate("page", "page", "page~", "10", "page0020")).endsWith("page0024|5|");
    }

    @Test
    void a_write_after_a_page_and_a_rich_query_are_refused() {
        assertThatThrownBy(() -> submit("pageThenPut", "page", "page~", "10", ""))
                .isInstanceOf(EndorseException.class);
        assertThatThrownBy(() -> evaluate("query")).isInstanceOf(GatewayException.class);
    }

    @Test
    void history_is_newest_first_and_keeps_deletes() throws Exception {
        submit("put", "told", "one");
        submit("put", "told", "two");
        submit("delete", "told");
        submit("put", "told", "three");

        assertThat(evaluate("history", "told")).isEqualTo("three,deleted,two,one");
    }

    @Test
    void a_called_chaincode_writes_in_its_own_namespace_even_if_it_then_fails_its_caller() throws Exception {
        submitByAll("call", "callee", "put", "where", "callee's");

        assertThat(evaluate("length", "where")).isEqualTo("0");
        assertThat(NETWORK.client("PlatformMSP", "user").contract("callee").evaluateTransaction("get", "where"))
                .asString()
                .isEqualTo("callee's");
        assertThat(submitByAll("callIgnoring", "callee", "fail", "500", "no")).isEqualTo("callee answered 500");
    }

    @Test
    void a_chaincode_cannot_call_itself_or_one_that_is_not_there() {
        assertThatThrownBy(() -> evaluate("call", "rig", "get", "a")).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> evaluate("call", "nosuch", "get", "a")).isInstanceOf(GatewayException.class);
    }
}
