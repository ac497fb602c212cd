;; Processes, their lists and Semaphores as data structures in the image. Nothing here switches to another process; it only
;; says which one is next.

;; Slots. Process: 0 nextLink, 1 suspendedContext, 2 priority, 3 myList. LinkedList and Semaphore: 0 firstLink, 1 lastLink,
;; 2 excessSignals. ProcessorScheduler: 0 quiescentProcessLists, 1 activeProcess.

(func $scheduler (result eqref)
  (return_call $slot_get (call $special_object (i32.const 3)) (i32.const 1)))

(func $active_process (result eqref)
  (return_call $slot_get (call $scheduler) (i32.const 1)))

(func $process_priority (param $process eqref) (result i32)
  (return_call $small_or (call $slot_get (local.get $process) (i32.const 2)) (i32.const 0)))

(func $is_empty_list (param $list eqref) (result i32)
  (ref.is_null (call $slot_get (local.get $list) (i32.const 0))))

(func $is_semaphore (param $value eqref) (result i32)
  (block $other (result eqref)
    (return (i32.eq (global.get $class_index_semaphore)
      (struct.get $Object $classIndex (br_on_cast_fail $other eqref (ref $Object) (local.get $value))))))
  (drop)
  (i32.const 0))

;; Puts the process at the end of the list.
(func $add_last (param $process eqref) (param $list eqref)
  (if (call $is_empty_list (local.get $list))
    (then (call $slot_put (local.get $list) (i32.const 0) (local.get $process)))
    (else (call $slot_put (call $slot_get (local.get $list) (i32.const 1)) (i32.const 0) (local.get $process))))
  (call $slot_put (local.get $list) (i32.const 1) (local.get $process))
  (call $slot_put (local.get $process) (i32.const 0) (ref.null eq))
  (call $slot_put (local.get $process) (i32.const 3) (local.get $list)))

(func $remove_first (param $list eqref) (result eqref)
  (local $first eqref)
  (local.set $first (call $slot_get (local.get $list) (i32.const 0)))
  (if (ref.eq (local.get $first) (call $slot_get (local.get $list) (i32.const 1)))
    (then
      (call $slot_put (local.get $list) (i32.const 0) (ref.null eq))
      (call $slot_put (local.get $list) (i32.const 1) (ref.null eq)))
    (else (call $slot_put (local.get $list) (i32.const 0) (call $slot_get (local.get $first) (i32.const 0)))))
  (call $slot_put (local.get $first) (i32.const 0) (ref.null eq))
  (call $slot_put (local.get $first) (i32.const 3) (ref.null eq))
  (local.get $first))

;; Takes the process out of the list it is in; 0 when it is not there.
(func $remove_process (param $process eqref) (param $list eqref) (result i32)
  (local $link eqref) (local $next eqref)
  (local.set $link (call $slot_get (local.get $list) (i32.const 0)))
  (if (ref.eq (local.get $link) (local.get $process))
    (then (drop (call $remove_first (local.get $list))) (return (i32.const 1))))
  (loop $search
    (if (ref.is_null (local.get $link)) (then (return (i32.const 0))))
    (local.set $next (call $slot_get (local.get $link) (i32.const 0)))
    (if (i32.eqz (ref.eq (local.get $next) (local.get $process)))
      (then
        (local.set $link (local.get $next))
        (br $search))))
  (call $slot_put (local.get $link) (i32.const 0) (call $slot_get (local.get $process) (i32.const 0)))
  (if (ref.eq (call $slot_get (local.get $list) (i32.const 1)) (local.get $process))
    (then (call $slot_put (local.get $list) (i32.const 1) (local.get $link))))
  (call $slot_put (local.get $process) (i32.const 0) (ref.null eq))
  (call $slot_put (local.get $process) (i32.const 3) (ref.null eq))
  (i32.const 1))

;; The list of runnable processes of this priority.
(func $run_list (param $priority i32) (result eqref)
  (return_call $slot_get (call $slot_get (call $scheduler) (i32.const 0))
    (i32.sub (local.get $priority) (i32.const 1))))

(func $put_to_sleep (param $process eqref)
  (return_call $add_last (local.get $process) (call $run_list (call $process_priority (local.get $process)))))

;; Takes the first of the runnable processes with the highest priority out of its list; nil when there is none.
(func $wake_highest (result eqref)
  (local $lists eqref) (local $index i32) (local $list eqref)
  (local.set $lists (call $slot_get (call $scheduler) (i32.const 0)))
  (local.set $index (call $slot_count (local.get $lists)))
  (loop $next
    (if (i32.eqz (local.get $index)) (then (return (ref.null eq))))
    (local.set $index (i32.sub (local.get $index) (i32.const 1)))
    (local.set $list (call $slot_get (local.get $lists) (local.get $index)))
    (br_if $next (ref.is_null (local.get $list)))
    (br_if $next (call $is_empty_list (local.get $list))))
  (return_call $remove_first (local.get $list)))

;; One more signal than processes that wait.
(func $add_excess_signal (param $semaphore eqref)
  (call $slot_put (local.get $semaphore) (i32.const 2)
    (ref.i31 (i32.add (i32.const 1)
      (call $small_or (call $slot_get (local.get $semaphore) (i32.const 2)) (i32.const 0))))))

(func $is_resumable (param $process eqref) (result i32)
  (ref.test (ref $Context) (call $slot_get (local.get $process) (i32.const 1))))
