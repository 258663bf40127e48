package org.diptych.service.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is odd about rows whose pictures are known: within a row, and beside the other rows and the campaign's items. */
final class RowOddities {
    private final Map<String, Integer> lineOfTask = new HashMap<>();

    /**
     * What is odd about a row.
     *
     * @param itemOfTask an item of the campaign for each of the row's tasks that the campaign has under another id
     */
    List<ImportWarning> of(PreparedRow row, Map<String, String> itemOfTask) {
        var warnings = new ArrayList<ImportWarning>();
        int line = row.row().line();
        var pictures = new HashMap<String, String>();
        var models = new HashMap<String, String>();
        for (int i = 0; i < row.images().size(); i++) {
            var candidate = "candidates[" + i + "]";
            var picture = row.images().get(i).pixelsSha256();
            var samePicture = pictures.putIfAbsent(picture, candidate + ".image");
            if (samePicture != null) {
                warnings.add(ImportWarning.samePicture(line, candidate + ".image", samePicture));
            }
            if (picture.equals(row.source().pixelsSha256())) {
                warnings.add(ImportWarning.editIsSource(line, candidate + ".image"));
            }
            var sameModel = models.putIfAbsent(row.row().candidates().get(i).model(), candidate + ".model");
            if (sameModel != null) {
                warnings.add(ImportWarning.sameModel(line, candidate + ".model", sameModel));
            }
        }
        addSameTask(row, itemOfTask, warnings);
        return warnings;
    }

    private void addSameTask(PreparedRow row, Map<String, String> itemOfTask, List<ImportWarning> warnings) {
        var task = row.taskSha256();
        if (task == null) {
            return;
        }
        int line = row.row().line();
        var earlier = lineOfTask.putIfAbsent(task, line);
        if (earlier != null) {
            warnings.add(ImportWarning.sameTaskAsLine(line, earlier));
            return;
        }
        var item = itemOfTask.get(task);
        if (item != null) {
            warnings.add(ImportWarning.sameTaskAsItem(line, item));
        }
    }
}
