package io.clearmarket.network.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The 89 recorded answers of a real network, each asked again and compared word for word. */
final class AnswerStatements {
    private AnswerStatements() {}

    static List<Statement> all() {
        Map<String, AnswerScript.Ask> asks = new LinkedHashMap<>();
        AnswerScript.chaincode(asks);
        ConflictScript.addTo(asks);
        IdentityScript.addTo(asks);
        StateScript.addTo(asks);
        List<Statement> statements = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, String> recorded : Answers.recorded().entrySet()) {
            number++;
            statements.add(statement("A" + number, recorded.getKey(), recorded.getValue(), asks));
        }
        return statements;
    }

    private static Statement statement(String id, String title, String expected, Map<String, AnswerScript.Ask> asks) {
        AnswerScript.Ask ask = asks.get(title);
        Statement statement = Statement.of(id, "Fabric 3.1.5's answer to: " + title, rig -> {
            if (ask == null) {
                throw new Difference("nobody asks it");
            }
            Expect.equal("answer", expected, answer(rig, ask));
        });
        boolean slow = title.startsWith("chaincode slower than executetimeout");
        return statement.with(Variant.ONLY_CONTRACT).on(slow ? Stage.SMALL_BLOCKS : Stage.USUAL);
    }

    private static String answer(Rig rig, AnswerScript.Ask ask) {
        StringBuilder before = new StringBuilder();
        String text;
        try {
            text = "-> " + ask.answer(rig, before);
        } catch (Exception e) {
            text = Transcript.of(e);
        }
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String mspId : NetworkPlan.MSP_IDS) {
            addresses.put(rig.network().organization(mspId).peerAddress(), mspId);
        }
        return Transcript.normal(before + text, addresses, AnswerScript.RUN);
    }
}
