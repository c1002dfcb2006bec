package cn.mingmian.server.api;

import cn.mingmian.platform.Platform;
import cn.mingmian.platform.permit.Tasks;
import cn.mingmian.platform.permit.Tasks.Task;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.ForPurpose;
import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.http.Cursors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the law wants done and no code has done: one task for each duty of a purpose.
@RestController
@Tag(name = "Tasks 待办")
class TasksController {

  private final Tasks tasks;
  private final Cursors cursors;

  TasksController(Platform platform, Cursors cursors) {
    this.tasks = platform.tasks();
    this.cursors = cursors;
  }

  /// @param evidence  how it shows that it was done; 1 to 2000 characters, no personal information
  record Done(String evidence) {}

  @Operation(summary = "List open tasks", description = "The most urgent first.")
  @GetMapping("/v1/tasks")
  @Needs(Scope.READ)
  @ForPurpose
  Cursors.Page<Task> listTasks(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor, Caller caller) {
    List<Task> mine =
        tasks.open().stream().filter(task -> caller.mayUseFor(task.purpose().value())).toList();
    return cursors.page("tasks", mine, Task::id, limit, cursor);
  }

  @Operation(summary = "Read a task")
  @GetMapping("/v1/tasks/{id}")
  @Needs(Scope.READ)
  @ForPurpose
  Task showTask(@PathVariable String id, Caller caller) {
    Task task = Records.found(tasks.find(id), "task", id);
    caller.mayUse(task.purpose().value());
    return task;
  }

  @Operation(
      summary = "Say that a task was done",
      description = "With the evidence; the next decision that asks for the duty opens a new one.")
  @PostMapping("/v1/tasks/{id}/done")
  @Needs(Scope.SET_UP)
  @ForPurpose
  Task completeTask(@PathVariable String id, @RequestBody Done request, Caller caller) {
    showTask(id, caller);
    tasks.done(id, Fields.text("/evidence", request.evidence(), 2_000), Records.hand(caller));
    return showTask(id, caller);
  }
}
